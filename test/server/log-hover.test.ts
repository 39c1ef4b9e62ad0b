import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.ts";

const URI = "file:///var/log/nowhere/mail.log";
const REJECT =
  "Nov 22 10:00:02 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<PC7>";
const DELIVERY =
  "Nov 22 10:00:03 mx1 postfix/smtp[211]: 4Zx1Qk0Y1Mz3kT: to=<b@example.com>, relay=mx.example.com[192.0.2.2]:25, delay=3, delays=0.1/0.2/0.3/2.4, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 1234567)";
const GREYLISTED =
  "Nov 22 10:00:03 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from s.example[192.0.2.9]: 451 4.7.1 <b@example.com>: Recipient address rejected: Intentional policy rejection, please try again later; from=<a@s.example> to=<b@example.com> proto=ESMTP helo=<s.example>";

/** The hover's Markdown over the first place where `word` stands. */
async function hoverOver(client: TestClient, line: string, word: string): Promise<string | null> {
  const lines = client.text(URI).split("\n");
  const hover = await client.hover(URI, lines.indexOf(line), line.indexOf(word) + 1);
  if (hover === null) return null;
  assert.ok(MarkupContent.is(hover.contents));
  return hover.contents.value;
}

async function opened(): Promise<TestClient> {
  const client = await startClient();
  await client.open(URI, "postfix-log", `${REJECT}\n${DELIVERY}\n${GREYLISTED}\nnothing we know\n`);
  return client;
}

test("over a problem line: the entry with this line's own values", async () => {
  await using client = await opened();
  const shown = (await hoverOver(client, REJECT, "Helo command")) ?? "";
  assert.match(shown, /^### The HELO name is not a full host name/);
  assert.match(shown, /the other server's mistake/);
  assert.match(shown, /`pc\[192\.0\.2\.7\]` introduced itself as `PC7`/);
  for (const part of ["**Likely causes**", "**What to do**", "**Quick fixes**", "See also: ["])
    assert.ok(shown.includes(part), part);
});

test("a line that needs no action has no diagnostic but explains itself", async () => {
  await using client = await opened();
  const shown = (await hoverOver(client, GREYLISTED, "Intentional")) ?? "";
  assert.match(shown, /^### Greylisting/);
  assert.match(shown, /No action needed · nobody's fault/);
});

test("over a word with a meaning of its own: what it is, then the entry", async () => {
  await using client = await opened();
  const expected: readonly (readonly [line: string, word: string, about: RegExp])[] = [
    [REJECT, "504", /^\*\*504\*\* · SMTP reply code/],
    [REJECT, "5.5.2", /^\*\*5\.5\.2\*\* · enhanced status code/],
    [REJECT, "NOQUEUE", /^\*\*`NOQUEUE`\*\* · queue id/],
    [REJECT, "postfix/smtpd", /^\*\*smtpd\*\* · Postfix program/],
    [DELIVERY, "4Zx1Qk0Y1Mz3kT", /^\*\*`4Zx1Qk0Y1Mz3kT`\*\* · queue id/],
    [DELIVERY, "0.3/2.4", /^\*\*delays=a\/b\/c\/d\*\*.*\*\*d\*\* `2\.4`: Seconds to transmit/s],
    [DELIVERY, "dsn=2", /^\*\*2\.0\.0\*\* · enhanced status code/],
    [DELIVERY, "status=sent", /^\*\*`status=sent`\*\* · status/],
  ];
  for (const [line, word, about] of expected) assert.match((await hoverOver(client, line, word)) ?? "", about, word);
  assert.match((await hoverOver(client, REJECT, "504")) ?? "", /\n\n---\n\n### The HELO name/);
});

test("numbers that are no codes are left alone", async () => {
  await using client = await opened();
  const shown = (await hoverOver(client, REJECT, "210")) ?? "";
  assert.match(shown, /^### The HELO name/);
});

test("a merely recognised line says so, and an unknown one says nothing", async () => {
  await using client = await opened();
  assert.match(
    (await hoverOver(client, DELIVERY, "relay=")) ?? "",
    /known as `delivery\/status`\. There is no explanation for it: most such lines/,
  );
  assert.equal(await hoverOver(client, "nothing we know", "know"), null);
});

test("any text can be asked about", async () => {
  await using client = await opened();
  const about = async (text: string): Promise<string | null> =>
    (await client.ask("postmaster/explain", { text })).markdown;
  assert.match((await about("helo-not-fqdn")) ?? "", /^### The HELO name/);
  assert.match((await about("myhostname")) ?? "", /^\*\*`myhostname`\*\* · parameter/);
  assert.match((await about("reject_unauth_destination")) ?? "", /· restriction/);
  assert.match((await about("5.7.1")) ?? "", /enhanced status code/);
  assert.match((await about(REJECT)) ?? "", /^### The HELO name/);
  assert.equal(await about("good morning"), null);
});
