import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { checkFiles, type Given } from "./check-files.ts";

function idsIn(main: string, given: Given = {}): readonly string[] {
  return checkFiles({ "main.cf": main }, given).map(({ ruleId, severity }) => `${ruleId} ${severity}`);
}

suite("what is not to be heard", () => {
  test("a comment line before an entry silences the rules it names, for that entry alone", () => {
    assert.deepEqual(idsIn("# postmaster: ignore unused-parameter\nmy_own = 1\nmy_other = 1\n"), [
      "unused-parameter warning",
    ]);
    assert.deepEqual(idsIn("# postmaster: ignore bad-time, unused-parameter\n\n# mine\nmy_own = 1\n"), []);
    assert.deepEqual(idsIn("# postmaster: ignore bad-time\nmy_own = 1\n"), ["unused-parameter warning"]);
    assert.deepEqual(idsIn("# postmaster: ignore\nmy_own = 1\n"), []);
    assert.deepEqual(idsIn("mail_name = x# postmaster: ignore\nmy_own = 1\n"), ["unused-parameter warning"]);
  });

  test("before an entry it holds for its continuation lines, between them for the next line", () => {
    const list = "smtpd_recipient_restrictions = reject_unauth_destination\n  first_unknown\n";
    assert.deepEqual(idsIn(`# postmaster: ignore\n${list}  second_unknown\n`), []);
    assert.deepEqual(idsIn(`${list}  # postmaster: ignore\n  second_unknown\n`), ["unknown-restriction error"]);
  });

  test("each rule's severity is the user's to choose", () => {
    assert.deepEqual(idsIn("my_own = 1\n", { severity: { "unused-parameter": "hint" } }), ["unused-parameter hint"]);
    assert.deepEqual(idsIn("my_own = 1\n", { severity: { "unused-parameter": "off" } }), []);
  });
});
