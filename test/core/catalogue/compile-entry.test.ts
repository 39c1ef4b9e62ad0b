import assert from "node:assert/strict";
import { test } from "node:test";
import { compileEntry } from "@postmaster/core/catalogue/compile-entry.ts";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import type { System } from "@postmaster/core/log/systems.ts";

const FRONT = {
  id: "disk-full",
  system: "postfix",
  daemon: "smtpd",
  severity: "error",
  fault: "you",
  match: "no space left on {device}",
};
const BODY = `# The disk is full

## Meaning

Full.

## Likely causes

- Mail.

## What to do

1. Delete.

## See also

- [postconf(5)](https://www.postfix.org/postconf.5.html)

\`\`\`log match
Nov 12 07:40:19 mail postfix/smtpd[1]: fatal: no space left on sda
\`\`\`

\`\`\`log no-match
Nov 12 07:40:19 mail postfix/smtpd[1]: fatal: no time left
\`\`\`
`;
const KNOWN = { isSystem: (word: string): word is System => word === "postfix", reproduced: () => null };

const compile = (front: object, body = BODY) => compileEntry("disk-full", { ...FRONT, ...front }, body, KNOWN);

test("an entry is what its file says, and documented where no run shows it", () => {
  const entry = compile({});
  assert.deepEqual(entry.match, ["no space left on {device}"]);
  assert.equal(entry.title, "The disk is full");
  assert.deepEqual(entry.evidence, { kind: "documented", source: "postconf(5)" });
});

test("another server's answer is found where it decides, and where the next server is asked", () => {
  const { match } = compile({ match: undefined, replies: ["{intro:text}full{more:rest}"] });
  const engine = createLogEngine(match.map((text, index) => ({ id: String(index), text, layer: "entry" as const })));
  const found = (line: string): string | undefined => engine.readText(line).entry?.templateId;
  const said = "host mx.example.org[192.0.2.25] said: 452 full (in reply to RCPT TO command)";
  assert.equal(found(`4A1B2C3D4E: to=<a@example.org>, relay=none, delay=1, status=deferred (${said})`), "0");
  assert.equal(found(`4A1B2C3D4E: ${said}`), "1");
});

test("a reason is found where it decides, where the next server is asked, and where a destination is suspended for it", () => {
  const { match } = compile({ match: undefined, reasons: ["no key", "no key said {reply:rest}"] });
  const engine = createLogEngine(match.map((text, index) => ({ id: String(index), text, layer: "entry" as const })));
  const found = (line: string) => {
    const { entry } = engine.readText(line);
    return entry === null ? null : [entry.templateId, entry.fields["reply"]?.value];
  };
  const status = "4A1B2C3D4E: to=<a@example.org>, relay=none, delay=1, status=deferred";
  assert.deepEqual(found(`${status} (no key)`), ["0", undefined]);
  assert.deepEqual(found("4A1B2C3D4E: no key"), ["1", undefined]);
  assert.deepEqual(found(`${status} (delivery temporarily suspended: no key)`), ["2", undefined]);
  assert.deepEqual(found(`${status} (no key said 535 no (really))`), ["3", "535 no (really)"]);
  assert.deepEqual(found("4A1B2C3D4E: no key said 535 no"), ["4", "535 no"]);
  assert.deepEqual(found(`${status} (delivery temporarily suspended: no key said 535 no)`), ["5", "535 no"]);
});

test("a mistake names the file and what is wrong with it", () => {
  const cases: readonly (readonly [object, RegExp])[] = [
    [
      { match: "fatal: no space left on {device}" },
      /^catalogue entry disk-full: "match" begins with "fatal: ".*leave it out/,
    ],
    [{ match: undefined }, /neither "match" nor "replies", "reasons", "otherwise" or "messages"/],
    [{ id: "disk" }, /its id is "disk"/],
    [{ severity: "bad" }, /"severity" must be one of/],
    [{ colour: "red" }, /"colour" is not a key/],
    [{ system: "sendmail" }, /"system" must be/],
  ];
  for (const [front, expected] of cases) {
    assert.throws(
      () => compile(front),
      (error: Error) => expected.test(error.message),
      String(expected),
    );
  }
  assert.throws(() => compile({}, BODY.replace("## Meaning", "## Sense")), /"## Meaning" is missing/);
  assert.throws(() => compile({}, BODY.replace("log no-match", "log")), /no `{3}log no-match example/);
});
