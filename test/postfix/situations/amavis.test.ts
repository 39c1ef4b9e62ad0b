import assert from "node:assert/strict";
import test from "node:test";
import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import { eventually } from "../../eventually.ts";
import { startAmavis } from "../../proof/lib/amavis-instance.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import { startSmtpSink } from "../../proof/lib/smtp-sink.ts";
import { type AmavisMail, readAmavisSituations } from "./lib/amavis-situation.ts";
import { entriesIn, gapsIn, type JudgedLine, judgeLine } from "./lib/judge.ts";

/** Its own log names the whole path of the program where syslog has its name alone. */
const OWN_TAG = /(?<=^\S+ +\d+ \S+ \S+ )\S*amavisd(?=\[)/;
const HEADER = ["From: anna@example.com", "Date: Sat, 28 Nov 2026 12:00:00 +0000", "Message-ID: <a@example.com>"];

async function send(port: number, { subject, headers = [], body = "text", from = "127.0.0.1" }: AmavisMail) {
  const text = [`Subject: ${subject}`, ...HEADER, ...headers, "", body];
  const words = ["EHLO mail.example.com", "MAIL FROM:<anna@example.com>", "RCPT TO:<bert@example.com>", "DATA", text];
  return smtp({ from, to: "127.0.0.1", port }, words);
}

for (const situation of await readAmavisSituations()) {
  test(`a real Amavis: ${situation.what}`, async () => {
    await using scratch = await createScratch();
    const [listen = 0, next = 0] = await freePorts(2);
    await using _next = await startSmtpSink("127.0.0.1", next, situation.next);
    const place = { address: "127.0.0.1", listen, next };
    await using amavis = await startAmavis(scratch.directory, place, situation.settings);
    for (const mail of situation.mails) {
      const reply = await send(listen, mail).then(
        ({ code }) => code,
        () => "hang up",
      );
      assert.equal(reply, mail.reply ?? 250, `${mail.subject}\n${await amavis.log()}`);
    }
    const lines = await eventually("what it logs of them", async (): Promise<readonly JudgedLine[] | null> => {
      const whole = (await amavis.log()).split("\n").filter((line) => line !== "");
      const judged = whole.map((line) => judgeLine(line.replace(OWN_TAG, "amavis")));
      return situation.expect.every((id) => entriesIn(judged).has(id)) && hasEnd(judged) ? judged : null;
    });
    assert.deepEqual(gapsIn(lines), []);
    const own = [...entriesIn(lines)].filter((id) => entryById(id)?.system === "amavis");
    assert.deepEqual(own, situation.expect);
  });
}

/** The verdict on a mail, or on who brings it, is what it logs last. */
function hasEnd(lines: readonly JudgedLine[]): boolean {
  return lines.some(({ template }) => /^amavis[/](?:passed|blocked|denied-)/.test(template ?? ""));
}
