import assert from "node:assert/strict";
import { test } from "node:test";
import { addToList, setBoolean } from "@postmaster/core/syntax/python-settings/edit-python-settings.ts";
import {
  effectiveAssignment,
  parsePythonSettings,
} from "@postmaster/core/syntax/python-settings/parse-python-settings.ts";
import { quotePythonString } from "@postmaster/core/syntax/python-settings/python-string.ts";
import { apply, reasonOf } from "./edits.ts";

const IMPORT = "from libs.default_settings import *\n";

function add(text: string, name: string, item: string): string {
  return apply(text, addToList(parsePythonSettings(text), name, item));
}

test("assignments, their values and where they stand", () => {
  const text = `${IMPORT}listen_port = '7777'  # comment
plugins = ["a",  # first
    'b' 'c',
]
EMPTY = ()
DEBUG = True; LEVEL = -1
db_password = 'p=[w'
PAIR = 'a', 1
`;
  const tree = parsePythonSettings(text);
  assert.deepEqual(
    tree.assignments.map(({ name, value, line }) => [name, value.kind, line]),
    [
      ["listen_port", "string", 2],
      ["plugins", "list", 3],
      ["EMPTY", "tuple", 6],
      ["DEBUG", "boolean", 7],
      ["LEVEL", "other", 7],
      ["db_password", "string", 8],
      ["PAIR", "tuple", 9],
    ],
  );
  const plugins = effectiveAssignment(tree, "plugins")?.value;
  const items =
    plugins?.kind === "list" ? plugins.items.map((item) => (item.kind === "string" ? item.value : item.kind)) : null;
  assert.deepEqual(items, ["a", "bc"]);
  assert.deepEqual(
    tree.secretSpans.map(({ start, end }) => text.slice(start, end)),
    ["'p=[w'"],
  );
  assert.deepEqual(tree.problems, []);
});

test("what stands above the import of the defaults does not count", () => {
  const tree = parsePythonSettings(`MYNETWORKS = ['x']\n${IMPORT}`);
  assert.equal(effectiveAssignment(tree, "MYNETWORKS"), null);
  assert.equal(add(`A = ['x']\n${IMPORT}`, "A", "y"), `A = ['x']\n${IMPORT}A = ['y']\n`);
});

test("a list grows in its own style", () => {
  assert.equal(add("A = ['x']\n", "A", "y"), "A = ['x', 'y']\n");
  assert.equal(add("A = ['x', ]\n", "A", "y"), "A = ['x', 'y' ]\n");
  assert.equal(add("A = []\n", "A", "y"), "A = ['y']\n");
  assert.equal(add("A = ()\n", "A", "y"), "A = ('y',)\n");
  assert.equal(add("A = ('x',)\n", "A", "y"), "A = ('x', 'y')\n");
  assert.equal(add("A = 'x', 'z'\n", "A", "y"), "A = 'x', 'z', 'y'\n");
  assert.equal(add("A = [\n    'x',  # c\n]\n", "A", "y"), "A = [\n    'x',  # c\n    'y',\n]\n");
  assert.equal(add("A = [\r\n  'x'  # c\r\n]\r\n", "A", "y"), "A = [\r\n  'x',  # c\r\n  'y'\r\n]\r\n");
  assert.equal(add("A = ['x',\n     'z']", "A", "y"), "A = ['x',\n     'z', 'y']");
});

test("the last assignment grows, once", () => {
  assert.equal(add("A = ['x']\nA = ['z']\n", "A", "x"), "A = ['x']\nA = ['z', 'x']\n");
  assert.equal(add("A = ['x']\nA += ['z']\n", "A", "y"), "A = ['x']\nA += ['z', 'y']\n");
  assert.deepEqual(addToList(parsePythonSettings("A = ['x']\nA += ['z']\n"), "A", "x"), { ok: true, edits: [] });
});

test("a name that is not there is added at the end of the file", () => {
  assert.equal(add(`${IMPORT}a = 1`, "A", "y"), `${IMPORT}a = 1\nA = ['y']\n`);
  assert.equal(add("#A = ['x']\r\n", "A", "y"), "#A = ['x']\r\nA = ['y']\r\n");
});

test("booleans", () => {
  const set = (text: string, value: boolean): string => apply(text, setBoolean(parsePythonSettings(text), "B", value));
  assert.equal(set("B = False  # why\n", true), "B = False  # why\n".replace("False", "True"));
  assert.equal(set("x = 1\n", true), "x = 1\nB = True\n");
  assert.equal(set("B = None\n", false), "B = False\n");
  assert.deepEqual(setBoolean(parsePythonSettings("B = True\n"), "B", true), { ok: true, edits: [] });
  assert.equal(reasonOf(setBoolean(parsePythonSettings("B = f()\n"), "B", true)), "not-understood");
});

test("what cannot be understood is not edited", () => {
  const refusals = [
    "A = ['x'\n",
    "A = ['x\n",
    "A = 'x'\n",
    "A = [i for i in x]\n",
    "A = x + ['y']\n",
    "A = ['x']\nif y:\n    A = []\n",
    "A = ['x']\nif y: A = []\n",
    "A = ['x']\nA.append('y')\n",
    "A = ['x']\nA[0] = 'y'\n",
    "A = ['x']\nB, A = 1, 2\n",
    "A = B = ['x']\n",
    "A = ['x']\nfrom local import *\n",
    "A = ['x']\ndel A\n",
    "A = ['x']]\n",
    "x = 1 \\",
  ];
  for (const text of refusals)
    assert.equal(reasonOf(addToList(parsePythonSettings(text), "A", "z")), "not-understood", text);
  assert.equal(reasonOf(addToList(parsePythonSettings(""), "A = 1; B", "z")), "unsafe-text");
});

test("brackets and signs in strings and comments mean nothing", () => {
  const text = 'A = ["]#", \'\'\'x\n]\'\'\', r"\\""]  # [\n"""A = [\'no\']"""\n';
  assert.equal(add(text, "A", "y"), text.replace('"]  # [', `", 'y']  # [`));
});

test("any text is quoted so that it reads back as itself", () => {
  assert.equal(quotePythonString("a'b\\c\n\u0000é😀\ud800"), "'a\\'b\\\\c\\x0a\\x00\\xe9\\U0001f600\\ud800'");
  for (const text of ["a'b", '"""', "x'] + [evil()] + ['", "\\", "\r\n\t\u2028", "é😀", "{x}%s"]) {
    const { assignments } = parsePythonSettings(add("A = ['x']\n", "A", text));
    const value = assignments[0]?.value;
    const last = value?.kind === "list" ? value.items.at(-1) : undefined;
    assert.equal(assignments.length, 1);
    assert.equal(last?.kind === "string" ? last.value : null, text);
  }
});
