import assert from "node:assert/strict";
import { test } from "node:test";
import { commentOut, insertEntry } from "@postmaster/core/syntax/table/edit-table.ts";
import { indexedKey, literalPattern, tableAction } from "@postmaster/core/syntax/table/literal-key.ts";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { type PatternTableType, parsePatternTable } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { random } from "../../core/syntax/random.ts";
import { askAbout, type Oracle } from "./oracle.ts";

/** Printable ASCII, letters with accents, and characters whose case folds in strange ways. */
const ALPHABET = [
  ...Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code)),
  ..."é É ß ſ \u212a k İ 中 😀 \u00a0".split(" "),
];

/** Names as hostile as they come, each different from the next by one character. */
function hostileNames(): readonly string[] {
  const names = [
    "x$/ OK",
    "/.*/",
    "a.b",
    "a\\.b",
    "\\Qa\\E",
    "(?i)a",
    "a|b",
    "[a-z]",
    "^$",
    "$",
    "a{2}",
    "\\<a\\>",
    "\\w",
    "#x",
    "x #",
    "!x",
    "${1}",
    "-",
    "\\",
    "if /x/",
    '"q"',
    "a:b",
  ];
  for (let seed = 0; seed < 400; seed += 1) {
    const from = random(seed);
    const characters = Array.from({ length: 1 + from.below(12) }, () => ALPHABET[from.below(ALPHABET.length)] ?? "a");
    names.push(characters.join(""));
  }
  return names;
}

/** Texts that look alike and must not match. */
function neighbours(name: string): readonly string[] {
  const at = Math.floor(name.length / 2);
  return [
    `${name}x`,
    `x${name}`,
    name.slice(0, at) + name.slice(at + 1),
    `${name.slice(0, at)}\u0001${name.slice(at + 1)}`,
    name + name,
  ];
}

/** What `postmap -q -` finds: only the keys that are there are answered, each on a line with its value. */
async function lookUp(postfix: Oracle, table: string, keys: readonly string[]): Promise<readonly string[]> {
  const { lines, warnings } = await postfix.run("postmap", ["-q", "-", table], keys.map((key) => `${key}\n`).join(""));
  assert.equal(warnings, "");
  return lines;
}

function asciiUpper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** The names that can be written, without those that differ in case only. */
function distinct(names: readonly string[], write: (name: string) => string | null): readonly string[] {
  return [...new Map(names.filter((name) => write(name) !== null).map((name) => [name.toLowerCase(), name])).values()];
}

for (const type of ["pcre", "regexp"] satisfies readonly PatternTableType[]) {
  test(`a literal ${type} pattern matches its text in any ASCII case, and no other text`, async (context) => {
    const names = distinct(hostileNames(), (name) => literalPattern(name, type));
    assert.ok(names.length > 200);
    const known = new Set(names.map((name) => name.toLowerCase()));
    const others = names
      .flatMap(neighbours)
      .filter((other) => other.trim() === other && !known.has(other.toLowerCase()));
    // All patterns in one table: each name must fall through all patterns above its own.
    const table = names.map((name, index) => `${literalPattern(name, type) ?? ""} ${index}\n`).join("");
    const keys = names.flatMap((name) => [name, asciiUpper(name)]);
    await askAbout(
      context,
      [type],
      () => ({ table }),
      async (_, postfix) => {
        const found = await lookUp(postfix, `${type}:${postfix.directory}/table`, [
          ...keys,
          ...others.filter((other) => other !== ""),
        ]);
        assert.deepEqual(
          found,
          keys.map((key, index) => `${key}\t${Math.floor(index / 2)}`),
        );
      },
    );
  });
}

test("an indexed key is found by its text, in any ASCII case", async (context) => {
  const keys = distinct(hostileNames(), indexedKey);
  assert.ok(keys.length > 50);
  const table = keys.map((key) => `${indexedKey(key) ?? ""} value\n`).join("");
  await askAbout(
    context,
    ["lmdb"],
    () => ({ table }),
    async (type, postfix) => {
      const file = `${type}:${postfix.directory}/table`;
      assert.deepEqual((await postfix.run("postmap", [file])).warnings, "");
      assert.deepEqual(
        await lookUp(postfix, file, keys),
        keys.map((key) => `${key}\tvalue`),
      );
    },
  );
});

test("a right-hand side comes back as it was meant", async (context) => {
  const actions = ["REJECT costs $1", "REJECT $$ ${1} $(x)", "OK", "REJECT {a} \\1 & é"];
  await askAbout(
    context,
    actions,
    (action) => ({ table: `/^a(b)$/ ${tableAction(action, "pcre") ?? ""}\n` }),
    async (action, postfix) => {
      assert.deepEqual(await lookUp(postfix, `pcre:${postfix.directory}/table`, ["ab"]), [`ab\t${action}`]);
    },
  );
});

const RULES = `# rules
/^first$/ ONE
  continued
# between
  to the end
if /^x/
/y$/ TWO
  too
endif
/z/ THREE
`;

test("an edited table does what was asked of it", async (context) => {
  const table = parsePatternTable(RULES, "pcre");
  const [first, , inner] = table.rules;
  assert.ok(first !== undefined && inner !== undefined);
  const edits = [
    { edit: commentOut(table, first), answers: ["xy\tTWO  too", "z\tTHREE"] },
    { edit: commentOut(table, inner), answers: ["first\tONE  continued  to the end", "z\tTHREE"] },
    {
      edit: insertEntry(table, "start", "/^xy$/", "NEW"),
      answers: ["first\tONE  continued  to the end", "xy\tNEW", "z\tTHREE"],
    },
    {
      edit: insertEntry(table, { before: inner }, "/y/", "NEW"),
      answers: ["first\tONE  continued  to the end", "xy\tNEW", "z\tTHREE"],
    },
    {
      edit: insertEntry(table, { after: first }, "/./", "NEW"),
      answers: ["first\tONE  continued  to the end", "xy\tNEW", "z\tNEW"],
    },
    {
      edit: insertEntry(table, "end", "/.$/", "NEW"),
      answers: ["first\tONE  continued  to the end", "xy\tTWO  too", "z\tTHREE"],
    },
  ];
  const texts = edits.map(({ edit, answers }) => ({ answers, text: edit.ok ? applyEdits(RULES, edit.edits) : "" }));
  await askAbout(
    context,
    texts,
    ({ text }) => ({ table: text }),
    async ({ text, answers }, postfix) => {
      assert.deepEqual(await lookUp(postfix, `pcre:${postfix.directory}/table`, ["first", "xy", "z"]), answers, text);
    },
  );
});

test("keys and values of an indexed source are those of postmap -s", async (context) => {
  const text = 'b.example  OK with text\n#c\n"quoted key" value\nd value\n\tmore\n\nE.example\tREJECT  \r\nf\\ g h\n';
  await askAbout(
    context,
    [text],
    () => ({ table: text }),
    async (_, postfix) => {
      const file = `lmdb:${postfix.directory}/table`;
      await postfix.run("postmap", [file]);
      const { lines } = await postfix.run("postmap", ["-s", file]);
      const parsed = parseIndexedTable(text).rules.map(({ key, value }) => `${key.toLowerCase()}\t${value}`);
      assert.deepEqual([...lines].sort(), parsed.sort());
    },
  );
});
