import assert from "node:assert/strict";
import { test } from "node:test";
import { effectiveDefinition, parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { expand } from "@postmaster/core/syntax/value/expand.ts";
import { mutate, random } from "../../core/syntax/random.ts";
import { askAbout } from "./oracle.ts";

const NAMES = ["mydestination", "relay_domains", "smtpd_helo_restrictions", "relayhost", "myorigin"];
/** With a name of its own postconf need not ask the resolver. */
const HEAD = "compatibility_level = 3.6\nmyhostname = h.example\n";

const ROUNDS = 100;

const byText = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

/** postconf prints a run of blanks as one. */
function printed(value: string | undefined): string | undefined {
  return value?.replace(/[ \t\r\n\v\f]+/g, " ").trim();
}

const MAIN = `mydestination = $myorigin,
# comment
   localhost.$relayhost

\t, more
relay_domains=
  a b
  { c, d }
myorigin = example.org
relayhost = \${myorigin?{[mail.$myorigin]}:none}
smtpd_helo_restrictions = permit_mynetworks reject
`;

/** Damaged copies of a file, some with CR LF. postconf reads bytes: what is no valid UTF-16 could not be compared. */
function damagedCopies(file: string): readonly string[] {
  return Array.from({ length: ROUNDS }, (_, seed) => {
    const from = random(seed);
    const text = from.below(4) === 0 ? file.replaceAll("\n", "\r\n") : file;
    return (seed === 0 ? file : mutate(from, text)).replaceAll("\ud800", "");
  });
}

test("logical lines and values are those of postconf -h, in damaged files too", async (context) => {
  let compared = 0;
  const texts = damagedCopies(MAIN).map((text) => HEAD + text);
  await askAbout(
    context,
    texts,
    (text) => ({ "main.cf": text }),
    async (text, postfix) => {
      const tree = parseMainCf(text);
      const refused = tree.problems.some(({ kind }) => kind === "missing-equals" || kind === "missing-name");
      const names = NAMES.filter((name) => effectiveDefinition(tree, name) !== null);
      const { status, lines, warnings } = await postfix.run("postconf", ["-h", ...names, "alias_maps"]);
      const where = `${JSON.stringify(text)}\n${warnings}`;
      assert.equal(/fatal: .*(?:missing '='|missing attribute name)/.test(warnings), refused, where);
      if (status !== 0) return;
      const values = names.map((name) => printed(effectiveDefinition(tree, name)?.value));
      assert.deepEqual(lines.slice(0, -1), values, where);
      compared += 1;
    },
  );
  assert.ok(compared > ROUNDS / 4, `${compared} compared`);
});

/** Each is a value of relayhost. `$queue_minfree` is 7, `$myorigin` is `$no_such_name`. */
const EXPANSIONS = [
  "$queue_minfree",
  "$(queue_minfree)x${queue_minfree}",
  "$$queue_minfree $$$queue_minfree",
  "${queue_minfree?x}[${queue_minfree:x}]",
  "[${no_such_name?x}]${no_such_name:x}",
  "$(queue_minfree?x)$(no_such_name:x)",
  "${queue_minfree?{a}:{b}}${no_such_name?{a}:b c}",
  "${queue_minfree ? {a} : {b} }[${no_such_name ? {a} }]",
  "${queue_minfree?{a} b}",
  "${queue_minfree?a:b}[${no_such_name?a:b}]",
  "${ queue_minfree }",
  "${queue_minfree x}",
  "[${queue_minfree?}${queue_minfree:}]",
  "a${}b",
  "a$",
  "$-x",
  "${queue_minfree",
  "$(queue_minfree}",
  "${queue_minfree?${queue_minfree}${no_such_name:z}}",
  "[${{a}=={a}}]x${{a}=={b}}y",
  "${{10}<{9}?{y}:{n}}${{10}<{9a}?{y}:{n}}",
  "${{$queue_minfree}=={7}?y:n}[${{$queue_minfree}=={w}?y:n}]",
  "${{a} == {b} : {n}}[${{a} == {a} : {n}}]",
  "${{3.5} <level {3.10} ? {y} : {n}}",
  "${{3} ==level {3.0.0} ? {y} : {n}}",
  "${{x} <level {3.10} ? {y} : {n}}",
  "${{3.6.1.2} ==level {3.6}?{y}:{n}}",
  "${{3}== level{3}?y:n}",
  "${{a} = {b} ? {c}}",
  "${{a} == {b} {c}}",
  "${{a}}",
  "${queue_minfree?{{a}}:{b}}[${queue_minfree?{ a }:{ b }}]",
  "${queue_minfree?a}b}",
  "[${queue_minfree? a }${no_such_name ? { a }: b }]",
  "${{ a } == {a} ? {y}:{n}}${{} == {} ? {y}:{n}}",
  "[${:x}${?x}]",
  "$queue_minfree{x}$queue_minfree.",
  "${{010} == {10}?{y}:{n}}${{-1} < {1}?{y}:{n}}",
  "${{99999999999999999999} > {1}?{y}:{n}}",
  "${{b} > {a}}${{a} != {b}}${{B} >= {a}?{y}:{n}}${{a} <= {aa}}",
  "${no_such_name?{$}:{x}}",
  "${queue_minfree?{a}:{b}c}",
  "[$myorigin${myorigin?y}${myorigin:n}]",
  "$relayhost",
  "${relayhost:x}",
];

function relayhostOf(value: string): string {
  return `${HEAD}queue_minfree = 7\nmyorigin = $no_such_name\nrelayhost = ${value}\n`;
}

test("expansion is that of postconf -x", async (context) => {
  await askAbout(
    context,
    EXPANSIONS,
    (value) => ({ "main.cf": relayhostOf(value) }),
    async (value, postfix) => {
      const tree = parseMainCf(relayhostOf(value));
      const { status, lines, warnings } = await postfix.run("postconf", ["-xh", "relayhost"]);
      const expanded = expand("$relayhost", (name) => effectiveDefinition(tree, name)?.value ?? null);
      const where = `${value}\n${warnings}`;
      assert.equal(expanded.ok, status === 0, where);
      if (expanded.ok) assert.equal(printed(expanded.text), lines[0]?.trim(), where);
    },
  );
});

const MASTER = `smtp      inet  n       -       y       -       -       smtpd
  -o syslog_name=postfix/x -v -o smtpd_helo_restrictions=a,b
# comment
   -o { smtpd_banner = a b

     c } -o mynetworks=
pipe unix - n n - - pipe -o smtp_a=1 flags=DRhu user=vmail argv=/x -o smtp_b=2
odd unix - n n - - smtpd -o {myorigin=1} -o relayhost={a b} -o {mydomain = { a }} -o inet_protocols=a -o inet_protocols=b
`;

function overrides(text: string): readonly (string | undefined)[] {
  const found = new Map<string, string>();
  for (const { name, type, overrides: list } of parseMasterCf(text).services) {
    for (const { name: parameter, value } of list) found.set(`${name}/${type}/${parameter}`, value);
  }
  return [...found].map(([key, value]) => printed(`${key} = ${value}`)).sort(byText);
}

/** Where postconf itself goes astray: it takes apart joined options and those it does not know, and groups braces everywhere. */
function isComparable(text: string): boolean {
  const { problems, services } = parseMasterCf(text);
  if (problems.some(({ kind }) => kind === "brace" || kind === "duplicate-service")) return false;
  if (services.some((service) => service.overrides.some(({ form }) => form === "joined"))) return false;
  if (services.some((service) => service.fields.some((field) => field.text.includes("{")))) return false;
  return !/-[a-np-z=]/.test(text.replaceAll(" -v ", ""));
}

test("overrides are those of postconf -P", async (context) => {
  let compared = 0;
  const texts = damagedCopies(MASTER).filter(isComparable);
  await askAbout(
    context,
    texts,
    (text) => ({ "master.cf": text }),
    async (text, postfix) => {
      const { problems } = parseMasterCf(text);
      const { status, lines, warnings } = await postfix.run("postconf", ["-P"]);
      const where = `${JSON.stringify(text)}\n${warnings}`;
      const refused = problems.some(({ kind }) => kind === "too-few-fields" || kind === "bad-field");
      assert.equal(status !== 0, refused, where);
      if (status !== 0) return;
      assert.deepEqual(lines.map(printed).sort(byText), overrides(text), where);
      compared += 1;
    },
  );
  assert.ok(compared > ROUNDS / 4, `${compared} compared`);
});
