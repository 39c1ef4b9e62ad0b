import assert from "node:assert/strict";
import { test } from "node:test";
import {
  insertElement,
  removeElements,
  removeParameter,
  replaceElement,
  setParameter,
} from "@postmaster/core/syntax/main-cf/edit-main-cf.ts";
import { type Definition, effectiveDefinition, parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { apply, at, reasonOf } from "./edits.ts";

function only(text: string): Definition {
  return at(parseMainCf(text).definitions, 0);
}

test("a value continues on indented lines, over comments and blank lines", () => {
  const text = "a = 1,\n  # comment\n\n\t2\n#last\nb=3\n";
  const tree = parseMainCf(text);
  assert.deepEqual(
    tree.definitions.map(({ name, value, line }) => [name, value, line]),
    [
      ["a", "1,\t2", 1],
      ["b", "3", 6],
    ],
  );
  const pieces = only(text).pieces.map((piece) => text.slice(piece.start, piece.end));
  assert.deepEqual(pieces, ["1,", "2"]);
  assert.equal(text.slice(only(text).valueSpan.start, only(text).valueSpan.end), "1,\n  # comment\n\n\t2");
});

test("the last definition of a name counts; names are case-sensitive", () => {
  const tree = parseMainCf("x = 1\nX = 2\nx = 3\n");
  assert.equal(effectiveDefinition(tree, "x")?.value, "3");
  assert.equal(effectiveDefinition(tree, "y"), null);
});

test("what Postfix refuses is a problem, and the rest is still read", () => {
  const tree = parseMainCf("  indented = 1\nfoo bar\n= bar\ngood = 2\r\nnul = a\0b");
  assert.deepEqual(
    tree.problems.map(({ kind, line }) => [kind, line]),
    [
      ["leading-whitespace", 1],
      ["missing-equals", 2],
      ["missing-name", 3],
      ["nul", 5],
    ],
  );
  assert.deepEqual(
    tree.definitions.map(({ name, value }) => [name, value]),
    [
      ["good", "2"],
      ["nul", "a"],
    ],
  );
});

test("a comment at the top does not take an indented line below it", () => {
  assert.deepEqual(
    parseMainCf("# c\n  a = 1\n").problems.map(({ kind, line }) => [kind, line]),
    [["leading-whitespace", 2]],
  );
});

test("setting a parameter edits the last definition only", () => {
  const text = "a = 1\n# keep\na=2,\n   # keep too\n   3\nb = 4\n";
  assert.equal(apply(text, setParameter(parseMainCf(text), "a", "9")), "a = 1\n# keep\na=9\n   # keep too\nb = 4\n");
});

test("setting an absent parameter appends it, minding the last line break and its style", () => {
  const set = (text: string): string => apply(text, setParameter(parseMainCf(text), "x", "1"));
  assert.equal(set(""), "x = 1\n");
  assert.equal(set("a = 1\n"), "a = 1\nx = 1\n");
  assert.equal(set("a = 1"), "a = 1\nx = 1\n");
  assert.equal(set("a = 1\r\nb = 2"), "a = 1\r\nb = 2\r\nx = 1\r\n");
});

test("an empty value and a value that becomes empty", () => {
  const set = (text: string, value: string): string => apply(text, setParameter(parseMainCf(text), "a", value));
  assert.equal(set("a =\nb = 1\n", "x"), "a = x\nb = 1\n");
  assert.equal(set("a=\n", "x"), "a=x\n");
  assert.equal(set("a =\n  1\n  2\nb = 1\n", ""), "a =\nb = 1\n");
  assert.deepEqual(setParameter(parseMainCf("a = x\n"), "a", " x "), { ok: true, edits: [] });
});

test("a value or name that would be something else is refused", () => {
  const tree = parseMainCf("a =\n  1\n");
  assert.equal(reasonOf(setParameter(tree, "a", "x\nb = evil")), "unsafe-text");
  assert.equal(reasonOf(setParameter(tree, "a", "#x")), "unsafe-text");
  assert.equal(reasonOf(setParameter(tree, "#a", "x")), "unsafe-text");
  assert.equal(reasonOf(setParameter(tree, "a b", "x")), "unsafe-text");
  assert.equal(reasonOf(removeParameter(tree, "b")), "not-found");
});

test("removing a parameter removes every definition and no comment", () => {
  const text = "a = 1\nb = 2\n# about a\na = 3,\n  # inside\n  4\nc = 5\n";
  assert.equal(apply(text, removeParameter(parseMainCf(text), "a")), "b = 2\n# about a\n  # inside\nc = 5\n");
});

const cases: readonly {
  readonly what: string;
  readonly before: string;
  readonly remove: number[];
  readonly after: string;
}[] = [
  { what: "the first of a line", before: "a = x, y, z\n", remove: [0], after: "a = y, z\n" },
  { what: "the last of a line", before: "a = x, y, z\n", remove: [2], after: "a = x, y\n" },
  { what: "two in the middle", before: "a = w x y z\n", remove: [1, 2], after: "a = w z\n" },
  { what: "all", before: "a = x, y\n", remove: [0, 1], after: "a =\n" },
  { what: "a line of its own", before: "a = x,\n    y,\n    z\n", remove: [1], after: "a = x,\n    z\n" },
  { what: "the last line, with the comma above", before: "a = x,\n    y\n", remove: [1], after: "a = x\n" },
  { what: "the last line, where lists end in a comma", before: "a = x,\n    y,\n", remove: [1], after: "a = x,\n" },
  { what: "the one beside the name", before: "a = x,\n    y\n", remove: [0], after: "a =\n    y\n" },
  {
    what: "all of several lines",
    before: "a =\n  x,\n  # c\n  y\nb = 1\n",
    remove: [0, 1],
    after: "a =\n  # c\nb = 1\n",
  },
  { what: "a line with a comma in front", before: "a = x\n  , y\n  , z\n", remove: [1], after: "a = x\n  , z\n" },
  {
    what: "a restriction and its argument",
    before: "a = p,\n  check_helo_access\n    hash:/x,\n  q\n",
    remove: [1, 2],
    after: "a = p,\n  q\n",
  },
  { what: "a group over two lines", before: "a = p,\n  { i:1,\n    t=2 }\n  q\n", remove: [1], after: "a = p,\n  q\n" },
  { what: "in a file with CR LF", before: "a = x,\r\n  y,\r\n  z\r\n", remove: [1], after: "a = x,\r\n  z\r\n" },
  { what: "without a final line break", before: "a = x,\n  y", remove: [1], after: "a = x\n" },
];

for (const { what, before, remove, after } of cases) {
  test(`removing ${what}`, () => {
    assert.equal(apply(before, removeElements(parseMainCf(before), only(before), remove)), after);
  });
}

test("inserting follows the style of the list", () => {
  const insert = (text: string, where: "before" | "after", index: number): string =>
    apply(text, insertElement(parseMainCf(text), only(text), where, index, "NEW"));
  assert.equal(insert("a = x, y\n", "before", 1), "a = x, NEW, y\n");
  assert.equal(insert("a = x y\n", "after", 1), "a = x y NEW\n");
  assert.equal(insert("a = x,\n    y\n", "before", 1), "a = x,\n    NEW,\n    y\n");
  assert.equal(insert("a = x,\n    y\n", "before", 0), "a = NEW,\n    x,\n    y\n");
  assert.equal(insert("a = x,\n    y\n", "after", 1), "a = x,\n    y,\n    NEW\n");
  assert.equal(insert("a =\n\tx\n\ty\n", "after", 0), "a =\n\tx\n\tNEW\n\ty\n");
  assert.equal(insert("a = x,\r\n    y\r\n", "after", 0), "a = x,\r\n    NEW,\r\n    y\r\n");
  assert.equal(insert("a = x\n", "after", 0), "a = x, NEW\n");
  assert.equal(insert("a =\n", "after", 0), "a = NEW\n");
});

test("an element that is no element, or a place that is none, is refused", () => {
  const tree = parseMainCf("a = x\n");
  const definition = only("a = x\n");
  for (const text of ["", "# c", "x\ny", "{ x", ",x", "x "]) {
    assert.equal(reasonOf(insertElement(tree, definition, "after", 0, text)), "unsafe-text");
  }
  assert.equal(reasonOf(insertElement(tree, definition, "after", 1, "y")), "not-found");
  assert.equal(reasonOf(removeElements(tree, definition, [1])), "not-found");
  assert.equal(apply("a = x\n", replaceElement(tree, definition, 0, "y")), "a = y\n");
});
