import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { type LookupContext, lookUp } from "@postmaster/core/model/lookup/look-up.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { type Random, random } from "../../core/syntax/random.ts";
import { command, postmapQuery, scratchPostfix } from "../fixes/scratch-postfix.ts";
import { settle } from "../settle.ts";

const WORKER = new URL("../../../server/host/pattern/worker.ts", import.meta.url);

const NAMES = [
  "a",
  "A",
  "b",
  "example.com",
  "Example.COM",
  ".example.com",
  "sub.example.com",
  "user@example.com",
  "user@",
];
const MORE = ["@example.com", "user+x@example.com", "é", "É", "straße", "STRASSE", "Σας", "ı", "192.0.2.1", "192.0.2"];
const ADDRESSES = [
  "192.0.2.1",
  "192.0.2.77",
  "192.0.3.1",
  "10.0.0.1",
  "2001:db8::1",
  "2001:db8:1::1",
  "::1",
  "::ffff:10.0.0.1",
];
const KEYS = [
  ...NAMES,
  ...MORE,
  ...ADDRESSES,
  "192.0.2.01",
  "x y",
  '"x y"',
  "abab",
  "aab",
  "mail.local",
  "k=1",
  "<>",
  "2001:DB8::1",
];
const VALUES = ["OK", "REJECT no  such", "DUNNO", "550 5.7.1 go away", "a", "b", "REJECT $1", "x{y}"];

function someOf(from: Random, items: readonly string[], most: number): readonly string[] {
  return Array.from({ length: 1 + from.below(most) }, () => items[from.below(items.length)] ?? "");
}

function indexedTable(from: Random): string {
  const broken = ["# c", "", "novalue", " indented", '"x y" quoted', "key: value", "a \\", "\tx"];
  const lines = someOf(from, KEYS, 14).map((key) =>
    from.below(9) === 0
      ? (broken[from.below(broken.length)] ?? "")
      : `${key}${from.pick([" ", "\t", "   "])}${from.pick(["OK", ...VALUES])}`,
  );
  return lines.map((line) => line.concat(from.pick(["\n", "\n", " \n", "\n  more\n", "\r\n"]))).join("");
}

const PATTERNS = [
  "^a$",
  "example\\.com$",
  "^(.*)@(.*)$",
  "^(user)(\\+x)?@",
  "^[0-9.]+$",
  "(a|ab)(b*)",
  "\\.local$",
  "^[^.@]+$",
  "^(a)(b)?",
  "b",
  "^.{3}$",
];
const RESULTS = [...VALUES, "[$1]", "${1}-$2", "$(2)", "$$1", "$3", "$x", "$1a", "$", "${1?y}", "$0"];

function patternTable(from: Random): string {
  const lines: string[] = [];
  let open = 0;
  for (const pattern of someOf(from, PATTERNS, 9)) {
    const flags = from.pick(["", "", "", "i", "ii"]);
    const not = from.pick(["", "", "", "!", "!!"]);
    const kind = from.below(8);
    if (kind === 0) lines.push(`if ${not}/${pattern}/${flags}`);
    if (kind === 0) open += 1;
    else if (kind === 1 && open > 0) lines.push("endif");
    else lines.push(`${not}/${pattern}/${flags} ${RESULTS[from.below(RESULTS.length)] ?? ""}`);
    if (kind === 1 && open > 0) open -= 1;
  }
  return [...lines, ...Array.from({ length: open }, () => "endif")].map((line) => `${line}\n`).join("");
}

const NETWORKS = [
  "192.0.2.0/24",
  "192.0.2.1",
  "10.0.0.0/8",
  "0.0.0.0/0",
  "2001:db8::/32",
  "::/0",
  "[2001:db8::1]",
  "192.0.2.1/24",
  "x",
  "::1/128",
];

function cidrTable(from: Random): string {
  const lines: string[] = [];
  let open = false;
  for (const network of someOf(from, NETWORKS, 8)) {
    const not = from.pick(["", "", "", "!"]);
    if (open && from.below(4) === 0) lines.push("endif");
    if (!open && from.below(6) === 0) lines.push(`if ${not}${network}`);
    else lines.push(`${not}${network} ${from.pick(["OK", ...VALUES])}`);
    const last = lines.at(-1) ?? "";
    open = last === "endif" ? false : open || (last.startsWith("if") && !last.endsWith(" x") && !last.endsWith("1/24"));
  }
  return [...lines, ...(open ? ["endif"] : [])].map((line) => `${line}\n`).join("");
}

const INLINE = [
  "inline:{a=1,a=2}",
  "inline:{ { b = one two }, A=3 }",
  "static:text",
  "static:{ two words }",
  "unionmap:{static:x,inline:{a=1},inline:{b=2}}",
  "unionmap:{inline:{a=1},inline:{b=2}}",
  "pipemap:{inline:{a=b},inline:{b=found}}",
  "pipemap:{inline:{a=z},inline:{b=found}}",
  "pipemap:{unionmap:{static:a,inline:{b=1}},inline:{ { a,1 = both } }}",
  "randmap:{only}",
  "pcre:{{/^a/ A}, { /(example)\\.com/ <$1> }}",
  "regexp:{ {if /a/}, {/b$/ AB}, {endif}, {/./ ANY} }",
  "cidr:{{192.0.2.0/24 net}, {10.0.0.0/8 ten}}",
];

interface Tally {
  asked: number;
  undecided: number;
}

/** Each table asked for all keys by both; what we do not decide is counted, what we decide must be what postmap says. */
async function compare(
  context: TestContext,
  main: string,
  tables: readonly {
    readonly spec: (directory: string) => string;
    readonly text: string | null;
    readonly build?: boolean;
  }[],
): Promise<Tally> {
  const directory = await scratchPostfix(context, { "main.cf": main });
  const specs: string[] = [];
  for (const { spec, text, build } of tables) {
    const named = spec(directory);
    specs.push(named);
    if (text === null) continue;
    const file = named.slice(named.indexOf(":") + 1);
    await writeFile(file, text);
    if (build !== true) continue;
    settle(directory);
    await command("postmap", ["-c", directory, named]);
  }
  // One parameter a table, so that the model loads them all.
  const parameters = specs.map((spec, index) => `table_${index} = ${spec}\n`);
  await writeFile(path.join(directory, "main.cf"), main + parameters.join(""));
  settle(directory);
  const server = await loadMailServer(createNodeFilePort(), directory, { defaultOf });
  assert.ok(server);
  const patternMatcher = createPatternMatcher(WORKER, 5000);
  context.after(() => patternMatcher.close());
  const asking: LookupContext = { server, service: null, patternMatcher, answerFor: () => null };
  const tally = { asked: 0, undecided: 0 };
  for (const [index, spec] of specs.entries()) {
    const said = await postmapQuery(directory, spec, KEYS);
    for (const [at, key] of KEYS.entries()) {
      const result = await lookUp(asking, spec, key);
      tally.asked += 1;
      if (result.kind === "unknown") tally.undecided += 1;
      else {
        const ours = result.kind === "found" ? result.value : result.kind === "not-found" ? null : "failed";
        assert.equal(ours, said[at] ?? null, `${spec} ${key}\n${tables[index]?.text ?? ""}`);
      }
    }
  }
  return tally;
}

for (const [title, main] of [
  ["keys folded A to Z", "smtputf8_enable = no\n"],
  ["keys folded by Unicode", "smtputf8_enable = yes\n"],
] as const) {
  test(`indexed tables are read as postmap makes them, ${title}`, async (context) => {
    const tables = ["hash", "btree", "lmdb", "texthash"].flatMap((type) =>
      Array.from({ length: 12 }, (_, seed) => ({
        spec: (directory: string) => `${type}:${directory}/${type}${seed}`,
        text: indexedTable(random(seed + 100)),
        build: type !== "texthash",
      })),
    );
    const { asked, undecided } = await compare(context, main, tables);
    // What releases fold in their own ways: a capital beyond A to Z, in what is read into memory.
    assert.ok(undecided < asked / 100, `${undecided} of ${asked} undecided`);
    context.diagnostic(`${asked} lookups, ${undecided} undecided`);
  });
}

test("tables of patterns and networks answer as postmap -q does", async (context) => {
  const tables = (["pcre", "regexp", "cidr"] as const).flatMap((type) =>
    Array.from({ length: 40 }, (_, seed) => ({
      spec: (directory: string) => `${type}:${directory}/${type}${seed}`,
      text: type === "cidr" ? cidrTable(random(seed)) : patternTable(random(seed)),
    })),
  );
  const { asked, undecided } = await compare(context, "", tables);
  assert.ok(undecided < asked / 5, `${undecided} of ${asked} undecided`);
  context.diagnostic(`${asked} lookups, ${undecided} undecided`);
});

test("tables written in the configuration, and tables of tables", async (context) => {
  const tables = INLINE.map((spec) => ({ spec: () => spec, text: null }));
  const { asked, undecided } = await compare(context, "", tables);
  // Characters beyond ASCII are not put to pattern tables.
  assert.ok(undecided <= 2 * 6, `${undecided}`);
  context.diagnostic(`${asked} lookups, ${undecided} undecided`);
});
