import assert from "node:assert/strict";
import test from "node:test";
import { aServer } from "../model/a-server.ts";
import { edited, offerFor, whyWithheld } from "./an-offer.ts";

const NAME = "virtual_alias_expansion_limit";

async function raise(main: string, master?: string) {
  const server = await aServer({ "main.cf": main, ...(master === undefined ? {} : { "master.cf": master }) });
  return offerFor({
    purpose: "raise-limit",
    with: { parameter: NAME },
    context: { server },
    program: "postfix/cleanup",
  });
}

test("the limit in force, half as much again, wherever it is written", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["", `${NAME} = 1500\n`],
    ["a = b", `a = b\n${NAME} = 1500\n`],
    [`${NAME} = 1500\n`, `${NAME} = 2500\n`],
    [`${NAME} = 2000\r\nb = c\r\n`, `${NAME} = 3000\r\nb = c\r\n`],
    [`${NAME} = 9\n${NAME}=\n# note\n  100\n`, `${NAME} = 9\n${NAME}=\n# note\n  150\n`],
    [`limit = 40\n${NAME} = $limit\n`, `limit = 40\n${NAME} = 60\n`],
  ];
  for (const [before, after] of cases) {
    const offer = await raise(before);
    assert.equal(edited(offer)["main.cf"], after, JSON.stringify(before));
    assert.equal(offer.safety, "safe");
  }
});

test("title and commands say the number and what to run", async () => {
  const offer = await raise("");
  assert.equal(offer.title, `Do it: ${NAME} = 1500 (now 1000), main.cf`);
  assert.deepEqual(offer.commands, [`postconf -e '${NAME} = 1500'`, "postfix reload"]);
});

test("an override of the service that complained is what has to change", async () => {
  const offer = await raise(`${NAME} = 5000\n`, `cleanup unix n - n - 0 cleanup\n  -o ${NAME}=200\n`);
  assert.deepEqual(edited(offer), { "master.cf": `cleanup unix n - n - 0 cleanup\n  -o ${NAME}=300\n` });
  assert.match(offer.title, /-o of cleanup in master\.cf, which overrides main\.cf/);
  assert.deepEqual(offer.commands, [`postconf -P cleanup/unix/${NAME}=300`, "postfix reload"]);
});

test("what is no number, or the largest one, is left alone", async () => {
  assert.match(whyWithheld(await raise(`${NAME} = many\n`)), /not a number/);
  assert.match(whyWithheld(await raise(`${NAME} = 2147483647\n`)), /largest number/);
});

test("without a configuration there is a line to add", async () => {
  const offer = await offerFor({ purpose: "raise-limit", with: { parameter: NAME } });
  assert.equal(offer.kind === "lines" ? offer.text : "", `${NAME} = 1500\n`);
  assert.deepEqual(offer.commands, [`postconf -e '${NAME} = 1500'`, "postfix reload"]);
});

test("no message may be larger than a mailbox: local(8) and virtual(8) would deliver nothing any more", async () => {
  const raiseMessages = async (main: string) =>
    offerFor({
      purpose: "raise-limit",
      with: { parameter: "message_size_limit" },
      context: { server: await aServer({ "main.cf": main }) },
      program: "postfix/cleanup",
    });
  assert.equal(edited(await raiseMessages(""))["main.cf"], "message_size_limit = 20000000\n");
  assert.match(
    whyWithheld(await raiseMessages("message_size_limit = 40000000\n")),
    /mailbox_size_limit is less than 60000000 bytes/,
  );
  const unlimited = "mailbox_size_limit = 0\nvirtual_mailbox_limit = 0\nmessage_size_limit = 40000000\n";
  assert.match(edited(await raiseMessages(unlimited))["main.cf"] ?? "", /^message_size_limit = 60000000$/m);
});
