import assert from "node:assert/strict";
import test from "node:test";
import { startAmavis } from "../../proof/lib/amavis-instance.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { type SmtpReply, smtp } from "../../proof/lib/smtp-client.ts";
import { startSmtpSink } from "../../proof/lib/smtp-sink.ts";
import { waitUntil } from "../../proof/lib/wait-until.ts";
import { gapsIn, type JudgedLine, judgeLine } from "./lib/judge.ts";

/** Its own log names the whole path of the program where syslog has its name alone. */
const OWN_TAG = /(?<=^\S+ +\d+ \S+ \S+ )\S*amavisd(?=\[)/;

const HEADER = ["From: anna@example.com", "Date: Sat, 28 Nov 2026 12:00:00 +0000", "Message-ID: <a@example.com>"];

async function send(port: number, text: readonly string[]): Promise<SmtpReply> {
  const words = ["EHLO mail.example.com", "MAIL FROM:<anna@example.com>", "RCPT TO:<bert@example.com>", "DATA", text];
  return smtp({ from: "127.0.0.1", to: "127.0.0.1", port }, words);
}

test("a real Amavis: every line it writes is recognised, what it let pass and what it refused told apart", async () => {
  await using scratch = await createScratch();
  const [listen = 0, next = 0] = await freePorts(2);
  await using _next = await startSmtpSink("127.0.0.1", next);
  await using amavis = await startAmavis(scratch.directory, { address: "127.0.0.1", listen, next });

  assert.equal((await send(listen, ["Subject: clean", ...HEADER, "", "text"])).code, 250);
  const program = ["Content-Type: application/octet-stream; name=a.exe", "Content-Transfer-Encoding: base64"];
  assert.equal((await send(listen, ["Subject: program", ...HEADER, ...program, "", "TVqQAAMAAAAEAAAA"])).code, 554);

  const lines = await waitUntil("both verdicts", async (): Promise<readonly JudgedLine[] | null> => {
    const log = await amavis.log();
    const whole = log.split("\n").filter((line) => line !== "");
    if (!log.includes(" Passed CLEAN") || !log.includes(" Blocked BANNED")) return null;
    return whole.map((line) => judgeLine(line.replace(OWN_TAG, "amavis")));
  });
  assert.deepEqual(gapsIn(lines), []);
  const templates = new Set(lines.map(({ template }) => template));
  assert.ok(templates.has("amavis/passed") && templates.has("amavis/blocked"), [...templates].join(", "));
});
