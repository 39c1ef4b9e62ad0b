import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { test } from "node:test";
import { argumentOf, startClient } from "../server/client.ts";
import { scratchFolder } from "../server/scratch.ts";

/** Patterns that take a backtracking engine longer than the universe lasts, on what a stranger sends to meet them. */
const ENDLESS = [
  "^(([a-z])+.)+[0-9]$",
  "^(a+)+[0-9]$",
  "^(a|aa)+[0-9]$",
  "(.*)*(.*)*(.*)*![0-9]$",
  "^(a?){100}a{300}$",
];
const HELO = `${"a".repeat(200)}.local`;
const REPLY =
  "ACCESS DENIED. Your email was rejected because the sending mail server does not identify itself correctly";
const LINE = `Nov 22 10:00:00 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <${HELO}>: Helo command rejected: ${REPLY} (.local); from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<${HELO}>`;

test("a pattern that never ends is unknown after a moment, and the server answers meanwhile", async () => {
  await using server = await scratchFolder({
    "etc/postfix/main.cf":
      "smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/helo.pcre\nsmtpd_relay_restrictions = reject_unauth_destination\n",
    "etc/postfix/helo.pcre": `${ENDLESS.map((pattern) => `/${pattern}/ REJECT ${REPLY} ($1)`).join("\n")}\n`,
  });
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  const uri = server.uri("mail.log");
  await client.open(uri, "postfix-log", LINE);
  const [problem] = await client.diagnostics(uri);
  assert.equal(problem?.code, "helo-local-access-denied");

  const started = performance.now();
  const answered: string[] = [];
  const actions = client.actions(uri, 0).then((found) => {
    answered.push("actions");
    return found;
  });
  await client.hover(uri, 0, LINE.indexOf("ACCESS DENIED"));
  answered.push("hover");
  const found = await actions;
  assert.deepEqual(answered, ["hover", "actions"]);
  const withheld = found.filter(({ command }) => command?.command === "postmaster.showReason");
  const reasons = withheld.map((action) => argumentOf(action, "postmaster.showReason").reason);
  assert.ok(reasons.length > 0);
  for (const reason of reasons) assert.match(reason, /cannot be decided here/);
  // Two fixes look at five patterns; each may take its deadline, and a busy machine as long again.
  assert.ok(performance.now() - started < 20_000);
  assert.deepEqual(client.log, []);
});
