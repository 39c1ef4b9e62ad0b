import assert from "node:assert/strict";
import { test } from "node:test";
import { commentOut, insertEntry, replaceValue } from "@postmaster/core/syntax/table/edit-table.ts";
import { parseIpNetwork } from "@postmaster/core/syntax/table/ip-network.ts";
import { indexedKey, literalPattern, tableAction } from "@postmaster/core/syntax/table/literal-key.ts";
import { parseCidrTable } from "@postmaster/core/syntax/table/parse-cidr-table.ts";
import { isSecretSetting, parseClientConfig } from "@postmaster/core/syntax/table/parse-client-config.ts";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { parsePatternTable } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { apply, at, reasonOf } from "./edits.ts";

const HELO = `# who may say what
/^helo\\.ok$/ OK
!/\\./i REJECT no dot
   in the name
# between
   at all
if !/^\\[/
/(\\.local)$/ REJECT ACCESS DENIED. ($1)
endif
`;

test("pattern rules are logical lines with delimiters, flags and nesting", () => {
  const { rules, problems } = parsePatternTable(HELO, "pcre");
  assert.deepEqual(
    rules.map(({ kind, negated, pattern, flags, replacement, enclosingIf }) => [
      kind,
      negated,
      pattern,
      flags,
      replacement,
      enclosingIf,
    ]),
    [
      ["pattern", false, "^helo\\.ok$", "", "OK", null],
      ["pattern", true, "\\.", "i", "REJECT no dot   in the name   at all", null],
      ["if", true, "^\\[", "", "", null],
      ["pattern", false, "(\\.local)$", "", "REJECT ACCESS DENIED. ($1)", 2],
      ["endif", false, "", "", "", 2],
    ],
  );
  assert.deepEqual(problems, []);
  assert.equal(HELO.slice(at(rules, 3).patternSpan.start, at(rules, 3).patternSpan.end), "(\\.local)$");
});

test("what makes Postfix skip a pattern rule is reported", () => {
  const kinds = (text: string, type: "pcre" | "regexp" = "pcre"): readonly string[] =>
    parsePatternTable(text, type).problems.map(({ kind }) => kind);
  assert.deepEqual(kinds("/^foo( REJECT\nbar REJECT\n/ok/\n"), [
    "no-closing-delimiter",
    "bad-delimiter",
    "missing-value",
  ]);
  assert.deepEqual(kinds("/a/q OK\n/b/x OK\n"), ["unknown-flag"]);
  assert.deepEqual(kinds("/a/s OK\n", "regexp"), ["unknown-flag"]);
  assert.deepEqual(kinds("endif\nif /a/ extra\n  /b/ OK\n"), ["endif-without-if", "text-after-if", "if-without-endif"]);
  assert.deepEqual(kinds("!\n"), ["empty-pattern"]);
  assert.deepEqual(kinds("|a/b\\|c| OK\nif /x/\nENDIF\n"), []);
});

test("indexed entries: keys may be quoted, a colon belongs to aliases only", () => {
  const { rules, problems } = parseIndexedTable('a OK\n"b c" \tREJECT\n  more\nd\ne: x\nA again\n"f g\n');
  assert.deepEqual(
    rules.map(({ key, value }) => [key, value]),
    [
      ["a", "OK"],
      ['"b c"', "REJECT  more"],
      ["d", ""],
      ["e:", "x"],
      ["A", "again"],
    ],
  );
  assert.deepEqual(
    problems.map(({ kind, line }) => [kind, line]),
    [
      ["missing-value", 4],
      ["key-ends-with-colon", 5],
      ["duplicate-key", 6],
      ["unbalanced-quote", 7],
    ],
  );
});

test("cidr rules", () => {
  const { rules, problems } = parseCidrTable(
    "10.0.0.0/8 OK\n!2001:db8::/32 REJECT\nif 192.0.2.0/24\n192.0.2.1 OK\nendif\n10.0.0.1/8 X\n300.1.1.1 OK\n10.0.0.0/8\n",
  );
  assert.deepEqual(
    rules.map(({ kind, negated, network, value, enclosingIf }) => [kind, negated, network, value, enclosingIf]),
    [
      ["network", false, "10.0.0.0/8", "OK", null],
      ["network", true, "2001:db8::/32", "REJECT", null],
      ["if", false, "192.0.2.0/24", "", null],
      ["network", false, "192.0.2.1", "OK", 2],
      ["endif", false, "", "", 2],
      ["malformed", false, "10.0.0.1/8", "X", null],
      ["malformed", false, "300.1.1.1", "OK", null],
      ["malformed", false, "10.0.0.0/8", "", null],
    ],
  );
  assert.deepEqual(
    problems.map(({ kind }) => kind),
    ["host-bits", "bad-network", "missing-value"],
  );
});

test("addresses and networks", () => {
  assert.deepEqual(parseIpNetwork("192.0.2.128/25"), { bytes: [192, 0, 2, 128], prefix: 25 });
  assert.deepEqual(parseIpNetwork("[::1]"), { bytes: [...Array<number>(15).fill(0), 1], prefix: 128 });
  assert.deepEqual(parseIpNetwork("0.0.0.0/0"), { bytes: [0, 0, 0, 0], prefix: 0 });
  assert.equal(typeof parseIpNetwork("::ffff:192.0.2.1"), "object");
  assert.equal(parseIpNetwork("2001:db8::1/64"), "host-bits");
  for (const text of [
    "",
    "1.2.3",
    "1.2.3.4/33",
    "01.2.3.4",
    "::1::",
    "1:2:3:4:5:6:7:8:9",
    "g::",
    "[::1",
    "::/129",
    "host",
  ]) {
    assert.equal(parseIpNetwork(text), "bad-network", text);
  }
});

test("passwords in client files are marked", () => {
  const text = "hosts = postgresql://vmail:s3cret@db/mail, localhost\npassword = top\n secret\nquery = SELECT 1\n";
  const { secretSpans, definitions } = parseClientConfig(text);
  assert.deepEqual(
    secretSpans.map(({ start, end }) => text.slice(start, end)),
    ["s3cret", "top\n secret"],
  );
  assert.equal(definitions.length, 3);
  assert.ok(isSecretSetting("ldap_bind_pw") && isSecretSetting("srs_secrets") && !isSecretSetting("query"));
});

test("an entry goes above the rules, around one, or at the end", () => {
  const table = parsePatternTable(HELO, "pcre");
  const insert = (where: Parameters<typeof insertEntry>[1]): string =>
    apply(HELO, insertEntry(table, where, "/^x$/", "OK"));
  assert.equal(insert("start"), HELO.replace("/^helo", "/^x$/ OK\n/^helo"));
  assert.equal(insert({ before: at(table.rules, 3) }), HELO.replace("/(\\.local", "/^x$/ OK\n/(\\.local"));
  assert.equal(insert({ after: at(table.rules, 1) }), HELO.replace("at all\n", "at all\n/^x$/ OK\n"));
  assert.equal(insert("end"), `${HELO}/^x$/ OK\n`);
  const tabs = "a\tOK\r\nb\tOK";
  assert.equal(apply(tabs, insertEntry(parseIndexedTable(tabs), "end", "c", "OK")), "a\tOK\r\nb\tOK\r\nc\tOK\r\n");
  assert.equal(apply("", insertEntry(parseIndexedTable(""), "start", "c", "OK")), "c OK\n");
});

test("an entry that would not stay one rule is refused", () => {
  const table = parseIndexedTable("a OK\n");
  for (const left of ["", "#x", " x", "x\ny"])
    assert.equal(reasonOf(insertEntry(table, "end", left, "OK")), "unsafe-text");
  for (const right of ["", " ", "OK\nb OK", "\0"])
    assert.equal(reasonOf(insertEntry(table, "end", "x", right)), "unsafe-text");
});

test("commenting a rule out takes its continuation lines too", () => {
  const table = parsePatternTable(HELO, "pcre");
  const commented = apply(HELO, commentOut(table, at(table.rules, 1)));
  assert.equal(
    commented,
    HELO.replace("!/\\./i", "#!/\\./i").replace("   in the", "#   in the").replace("   at all", "#   at all"),
  );
  assert.equal(parsePatternTable(commented, "pcre").rules.length, 4);
  assert.equal(reasonOf(commentOut(table, at(table.rules, 2))), "not-understood");
});

test("a right-hand side over two lines is replaced by one line", () => {
  const text = "a x,\n  y\nb z\n";
  const table = parseIndexedTable(text);
  assert.equal(apply(text, replaceValue(table, at(table.rules, 0), "x, y, w")), "a x, y, w\nb z\n");
  assert.equal(reasonOf(replaceValue(table, at(table.rules, 0), "x\nc d")), "unsafe-text");
});

test("what begins with # may stand behind a key, not at the start of a line, where it would be a comment", () => {
  const behind = parseIndexedTable("a x\n");
  assert.equal(apply("a x\n", replaceValue(behind, at(behind.rules, 0), "#x")), "a #x\n");
  const below = parseIndexedTable("a\n  x\n");
  assert.equal(reasonOf(replaceValue(below, at(below.rules, 0), "#x")), "unsafe-text");
});

test("a literal pattern holds no metacharacter that means something", () => {
  assert.equal(literalPattern("mail.local", "pcre"), "/^mail\\.local$/");
  assert.equal(literalPattern("mail.local", "regexp"), "/^mail\\.local$/");
  assert.equal(literalPattern("x$/ OK", "regexp"), "/^x\\$\\/ OK$/");
  for (const text of ["", " x", "x ", "a\nb", "a\0b", "x$/ OK\n/.*/ OK", "\u2028", "x".repeat(2000)]) {
    assert.equal(literalPattern(text, "pcre"), null);
    assert.equal(literalPattern(text, "regexp"), null);
  }
});

test("a key that postmap would read otherwise is refused", () => {
  assert.equal(indexedKey("mail.local"), "mail.local");
  assert.equal(indexedKey("a#b"), "a#b");
  for (const text of ["", "#a", "a b", '"a', "a\\b", "a\tb", "a\nb", "a:", "\u0085a"])
    assert.equal(indexedKey(text), null);
});

test("a right-hand side is text where the table expands dollars", () => {
  assert.equal(tableAction("REJECT costs $1", "pcre"), "REJECT costs $$1");
  assert.equal(tableAction("REJECT costs $1", "indexed"), "REJECT costs $1");
  assert.equal(tableAction("OK\n/.*/ OK", "regexp"), null);
});
