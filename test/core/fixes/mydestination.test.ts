import assert from "node:assert/strict";
import test from "node:test";
import { aServer } from "../model/a-server.ts";
import { edited, offerFor, whyWithheld } from "./an-offer.ts";

async function take(main: string, domain = "example.com", files: Readonly<Record<string, string>> = {}) {
  const server = await aServer({ "main.cf": main, ...files });
  return offerFor({
    purpose: "remove-from-mydestination",
    with: { domain: "{domain}" },
    values: { domain },
    context: { server },
    atLeast: "review",
  });
}

test("wherever the domain comes from", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["mydestination = localhost, Example.com, b.example\n", "mydestination = localhost, b.example\n"],
    [
      "mydestination = a.example\nmydestination =\n  example.com\n# note\n  localhost\n",
      "mydestination = a.example\nmydestination =\n# note\n  localhost\n",
    ],
    [
      "myhostname = example.com\nmydestination = $myhostname localhost\n",
      "myhostname = example.com\nmydestination = localhost\n",
    ],
    [
      "myhostname = mail.example.com\r\nmydestination = localhost ${mydomain}\r\n",
      "myhostname = mail.example.com\r\nmydestination = localhost\r\n",
    ],
    [
      "myhostname = example.com\nmydestination = $myhostname, example.com, localhost",
      "myhostname = example.com\nmydestination = localhost",
    ],
    ["mydestination = example.com\n", "mydestination =\n"],
  ];
  for (const [before, after] of cases)
    assert.equal(edited(await take(before))["main.cf"], after, JSON.stringify(before));
});

test("out of the default, which is written down without it", async () => {
  const offer = await take("myhostname = example.com\n");
  assert.equal(edited(offer)["main.cf"], "myhostname = example.com\nmydestination = localhost.$mydomain, localhost\n");
  assert.match(offer.cost, /System mail to root/);
  assert.equal(offer.safety, "review");
});

test("a service with a list of its own is changed too", async () => {
  const master = "cleanup unix n - n - 0 cleanup\n  -o mydestination=example.com,localhost\n";
  const offer = await take("mydestination = example.com, localhost\n", "example.com", { "master.cf": master });
  assert.equal(edited(offer)["master.cf"], master.replace("example.com,", ""));
});

test("what cannot be taken out here is said, with its place", async () => {
  assert.match(
    whyWithheld(
      await take("mydestination = hash:/etc/postfix/dests\n", "example.com", { dests: "a x\nexample.com x\n" }),
    ),
    /line 2 of \/etc\/postfix\/dests/,
  );
  assert.match(
    whyWithheld(await take("mydestination = /etc/postfix/dests localhost\n")),
    /also reads \/etc\/postfix\/dests/,
  );
  assert.match(
    whyWithheld(await take("mydestination = localhost, mysql:/etc/postfix/d.cf\n")),
    /mysql:\/etc\/postfix\/d\.cf, which may hold/,
  );
  assert.match(
    whyWithheld(await take("names = example.com b.example\nmydestination = $names\n")),
    /stands for other names too/,
  );
  assert.match(whyWithheld(await take("mydestination = localhost\n")), /not in mydestination/);
  assert.match(whyWithheld(await take("mydestination = localhost\n", "localhost")), /belongs into mydestination/);
  assert.match(whyWithheld(await take("mydestination = localhost\n", "x\nmydestination = y")), /no domain/);
});

async function rename(main: string, answer?: string) {
  const server = await aServer({ "main.cf": main });
  const answers = answer === undefined ? {} : { myhostname: answer };
  return offerFor({
    purpose: "change-myhostname",
    with: { domain: "{domain}" },
    values: { domain: "example.com" },
    context: { server, answers },
    atLeast: "review",
  });
}

test("another host name is asked for, checked, and set", async () => {
  const main = "myhostname = example.com\n";
  assert.equal((await rename(main)).kind, "ask");
  const offer = await rename(main, "mx.example.com");
  assert.equal(edited(offer)["main.cf"], "myhostname = mx.example.com\n");
  assert.equal(offer.safety, "review");
  for (const bad of ["mx", "a b.example", "x.example\ny = z", "-x.example", "$x.example"])
    assert.match(whyWithheld(await rename(main, bad)), /not a fully qualified/, bad);
  assert.match(whyWithheld(await rename(main, "EXAMPLE.com")), /the name it has now/);
  assert.match(whyWithheld(await rename("myhostname = other.example\n")), /myhostname is not that domain/);
});
