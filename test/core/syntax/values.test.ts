import assert from "node:assert/strict";
import { test } from "node:test";
import { joinedText } from "@postmaster/core/syntax/lines/joined-text.ts";
import { parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseBoolean } from "@postmaster/core/syntax/value/boolean.ts";
import { escapeDollars, expand } from "@postmaster/core/syntax/value/expand.ts";
import { splitList } from "@postmaster/core/syntax/value/list.ts";
import { macroReferences, parseMacros } from "@postmaster/core/syntax/value/macro.ts";
import { parseInteger } from "@postmaster/core/syntax/value/number.ts";
import { parseRestrictionList, restrictionArgument } from "@postmaster/core/syntax/value/restriction-list.ts";
import { parseTableReference, tableSourceSyntax } from "@postmaster/core/syntax/value/table-reference.ts";
import { parseTime } from "@postmaster/core/syntax/value/time.ts";
import { at } from "./edits.ts";

test("a list splits at commas and blanks, braces keep together, quotes mean nothing", () => {
  const { elements, problems } = splitList(joinedText('!a, "b c"\t{ d, e } !!f'));
  assert.deepEqual(
    elements.map(({ content, negated, braced }) => [content, negated, braced]),
    [
      ["a", true, false],
      ['"b', false, false],
      ['c"', false, false],
      ["d, e", false, true],
      ["f", false, false],
    ],
  );
  assert.deepEqual(problems, []);
});

test("an element's span is its place in the file, over continuation lines", () => {
  const text = "x = a,\n  # no element\n  { b,\n    c }\n";
  const { elements } = splitList(at(parseMainCf(text).definitions, 0).valueText);
  assert.deepEqual(
    elements.map(({ span }) => text.slice(span.start, span.end)),
    ["a", "{ b,\n    c }"],
  );
  assert.deepEqual(
    elements.map(({ text: written }) => written),
    ["a", "{ b,    c }"],
  );
});

test("mistakes in a list are reported with their place", () => {
  const kinds = (text: string): readonly string[] => splitList(joinedText(text)).problems.map(({ kind }) => kind);
  assert.deepEqual(kinds("a, { b"), ["unbalanced-brace"]);
  assert.deepEqual(kinds("a, ! b"), ["nothing-after-bang"]);
  assert.deepEqual(kinds("{ a }b"), ["text-after-brace"]);
  assert.deepEqual(kinds("a # why"), ["comment-in-list"]);
});

test("restrictions take their arguments with them", () => {
  const value =
    "permit_mynetworks, warn_if_reject Reject_RBL_Client zen.example=127.0.0.[2..11] hash:/x my_class $mua, check_policy_service { unix:p, timeout=1s } sleep 2";
  const { items, problems } = parseRestrictionList(joinedText(value));
  assert.deepEqual(
    items.map(({ kind, name, argument, warnIfReject }) => [
      kind,
      name,
      argument?.content ?? null,
      warnIfReject !== null,
    ]),
    [
      ["restriction", "permit_mynetworks", null, false],
      ["restriction", "reject_rbl_client", "zen.example=127.0.0.[2..11]", true],
      ["table", "hash:/x", "hash:/x", false],
      ["other", "my_class", null, false],
      ["other", "$mua", null, false],
      ["restriction", "check_policy_service", "unix:p, timeout=1s", false],
      ["restriction", "sleep", "2", false],
    ],
  );
  assert.deepEqual(problems, []);
  assert.equal(at(items, 1).elements.length, 3);
});

test("a missing argument is a mistake; another restriction is not taken for a table", () => {
  const { items, problems } = parseRestrictionList(joinedText("check_helo_access, reject, warn_if_reject"));
  assert.deepEqual(
    items.map(({ name, argument }) => [name, argument]),
    [
      ["check_helo_access", null],
      ["reject", null],
      ["warn_if_reject", null],
    ],
  );
  assert.deepEqual(
    problems.map(({ kind }) => kind),
    ["missing-argument", "dangling-warn-if-reject"],
  );
  assert.equal(restrictionArgument("REJECT_unknown_client"), null);
  assert.equal(restrictionArgument("no_such_word"), undefined);
});

test("macro forms and the names they refer to", () => {
  const text = "a$$ $x ${y?{$z}:{n}} $(w:old) ${{$l} <level {3.6} ? {p}}";
  const { nodes, problems } = parseMacros(joinedText(text));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    macroReferences(nodes).map(({ name, nameSpan }) => [name, text.slice(nameSpan.start, nameSpan.end)]),
    [
      ["x", "x"],
      ["y", "y"],
      ["z", "z"],
      ["w", "w"],
      ["l", "l"],
    ],
  );
});

test("broken macros are named as Postfix names them", () => {
  const kind = (text: string): string =>
    parseMacros(joinedText(text))
      .problems.map((problem) => problem.kind)
      .join();
  assert.equal(kind("${myhostname ESMTP"), "truncated");
  assert.equal(kind("$ ESMTP"), "empty-name");
  assert.equal(kind("${}"), "empty-name");
  assert.equal(kind("${a b}"), "name-syntax");
  assert.equal(kind("${{a} = {b} ? {c}}"), "operator-expected");
  assert.equal(kind("${{a} == {b} {c}}"), "question-expected");
  assert.equal(kind("${{a} == b}"), "operand-expected");
  assert.equal(kind("${{a} ==levels {b}}"), "bad-suffix");
  assert.equal(kind("${a?{b} c}"), "colon-expected");
  assert.equal(kind("${a?{b}:{c}d}"), "text-after-expression");
  assert.equal(kind("${a?".repeat(200) + "}".repeat(200)), "nesting");
});

const VALUES: Readonly<Record<string, string>> = { full: "7", empty: "", chain: "<$full>", loop: "a$loop", bad: "${x" };

function expanded(text: string): string {
  const result = expand(text, (name) => VALUES[name] ?? null);
  return result.ok ? result.text : `${result.problem.kind} in ${result.problem.name ?? "the text"}`;
}

test("expansion", () => {
  assert.equal(expanded("$full $$full ${chain}$(full)."), "7 $full <7>7.");
  assert.equal(expanded("${empty?no}${empty:yes}${undefined:yes}"), "yesyes");
  assert.equal(expanded("[${full? a }][${full ? { b } : c}]"), "[ a ][ b ]");
  assert.equal(expanded("${{$full} < {10} ? {less} : {more}}"), "less");
  assert.equal(expanded("${{3.9} >=level {3.10}}${{x} == {x}}"), "true");
  assert.equal(expanded("${domain_to_ascii{Mail.$full.example}}"), "Mail.7.example");
  assert.equal(expanded(escapeDollars("$full $$")), "$full $$");
});

test("what Postfix gives up on is a problem with the name of the parameter to blame", () => {
  assert.equal(expanded("$loop"), "loop in loop");
  assert.equal(expanded("x $bad"), "syntax in bad");
  assert.equal(expanded("${x"), "syntax in the text");
  assert.equal(expanded("${{x} ==level {1}}"), "bad-comparison in the text");
  assert.equal(expanded("${empty?$bad}ok"), "ok");
});

test("a value that doubles itself sixty times ends", () => {
  const result = expand("$a0", (name) => (name === "a60" ? "x" : `$a${Number(name.slice(1)) + 1}`.repeat(2)));
  assert.deepEqual(result.ok ? null : result.problem.kind, "too-large");
  const deep = expand("$a0", (name) => `$a${Number(name.slice(1)) + 1}`);
  assert.deepEqual(deep.ok ? null : deep.problem.kind, "nesting");
});

test("so does one that doubles nothing", () => {
  let lookups = 0;
  const result = expand("$a0", (name) => {
    lookups += 1;
    return name === "a40" ? "" : `$a${Number(name.slice(1)) + 1}`.repeat(2);
  });
  assert.deepEqual(result.ok ? null : result.problem.kind, "too-large");
  assert.ok(lookups <= 10_000, `${lookups} lookups`);
});

test("names nobody defined are listed once", () => {
  const result = expand("$a $b $a", () => null);
  assert.deepEqual(result.ok ? result.undefinedNames : null, ["a", "b"]);
});

test("table references", () => {
  const short = (text: string): unknown => {
    const reference = parseTableReference(text);
    return reference && [reference.type, reference.name, reference.proxied];
  };
  assert.deepEqual(short("hash:/etc/postfix/access"), ["hash", "/etc/postfix/access", false]);
  assert.deepEqual(short("proxy:mysql:$config_directory/x.cf"), ["mysql", "$config_directory/x.cf", true]);
  assert.deepEqual(short("static:all"), ["static", "all", false]);
  assert.deepEqual(short("/etc/postfix/access"), null);
  assert.deepEqual(short("proxy:"), null);
  assert.deepEqual(parseTableReference("inline:{ a=b, { c = d e } }")?.entries, [
    { key: "a", value: "b" },
    { key: "c", value: "d e" },
  ]);
  const union = "unionmap:{ hash:/a, pipemap:{cidr:/b,static:x} }";
  const members = parseTableReference(union)?.members ?? [];
  assert.deepEqual(
    members.map(({ type }) => type),
    ["hash", "pipemap"],
  );
  assert.deepEqual(
    members.map(({ nameSpan }) => union.slice(nameSpan.start, nameSpan.end)),
    ["/a", "cidr:/b,static:x"],
  );
  assert.deepEqual(
    at(members, 1).members.map(({ type }) => type),
    ["cidr", "static"],
  );
  assert.deepEqual(["lmdb", "pcre", "cidr", "pgsql", "static"].map(tableSourceSyntax), [
    "indexed",
    "pattern",
    "cidr",
    "client",
    null,
  ]);
});

test("times, numbers and booleans as Postfix reads them", () => {
  assert.equal(parseTime("5min", "s"), 300);
  assert.equal(parseTime("1h30m", "s"), 3600);
  assert.equal(parseTime("5", "d"), 432_000);
  for (const text of ["", "5 m", "5x", "5M", "-1s", "99999999999w"]) assert.equal(parseTime(text, "s"), null);
  assert.equal(parseInteger("-10"), -10);
  assert.equal(parseInteger("+7"), 7);
  for (const text of ["", "10x", "1.5", "-", "0x10", " 1", "99999999999"]) assert.equal(parseInteger(text), null);
  assert.equal(parseBoolean("YES"), true);
  assert.equal(parseBoolean("no"), false);
  assert.equal(parseBoolean("true"), null);
});
