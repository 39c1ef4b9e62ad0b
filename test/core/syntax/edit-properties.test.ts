import assert from "node:assert/strict";
import { test } from "node:test";
import {
  insertElement,
  removeElements,
  removeParameter,
  replaceElement,
  setParameter,
} from "@postmaster/core/syntax/main-cf/edit-main-cf.ts";
import { type MainCf, parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import {
  insertOverrideElement,
  removeOverride,
  removeOverrideElements,
  setOverride,
} from "@postmaster/core/syntax/master-cf/edit-master-cf.ts";
import { type MasterCf, parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { commentOut, insertEntry } from "@postmaster/core/syntax/table/edit-table.ts";
import { parsePatternTable } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { splitList } from "@postmaster/core/syntax/value/list.ts";
import type { EditResult } from "@postmaster/core/text/edit-result.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { at } from "./edits.ts";
import { mutate, type Random, random } from "./random.ts";

const ROUNDS = 20_000;

const MAIN_CF = `smtpd_helo_restrictions = permit_mynetworks,
    # comment
    check_helo_access pcre:/etc/postfix/helo,

    reject_non_fqdn_helo_hostname
  , { inet:localhost:1, timeout = 1s },
    reject
mydestination = $myhostname localhost, localhost.$mydomain
x=a
relay_domains =
  one
  two three,
after = 1
`;

const MASTER_CF = `submission inet n - y - - smtpd -o a=1 -v
  -o smtpd_helo_restrictions=permit_mynetworks,reject -o b=2
  # comment
  -o { smtpd_recipient_restrictions = permit_mynetworks,
       check_helo_access hash:/etc/x,
    reject }
  -oc=3
pipe unix - n n - - pipe
  flags=R user=v argv=/x
`;

const TABLE = `# header
/^a/ OK
/b/ REJECT
  more text
# between
  and more
if /c/
/d/ DUNNO
endif
`;

function textsOf(tree: MainCf, index: number): readonly string[] {
  return splitList(at(tree.definitions, index).valueText).elements.map((element) => element.text);
}

/** Everything but one definition is as before. */
function assertOthersKept(before: MainCf, after: MainCf, index: number): void {
  const others = (tree: MainCf): readonly string[] =>
    tree.definitions.map(({ name, value }, other) => (other === index ? name : `${name}=${value}`));
  assert.deepEqual(others(after), others(before));
  assert.deepEqual(
    after.problems.map((problem) => problem.kind),
    before.problems.map((problem) => problem.kind),
  );
}

function someIndexes(from: Random, length: number): readonly number[] {
  return [...Array(length).keys()].filter(() => from.below(3) === 0);
}

/** Run a property on many damaged files, and see that it was not empty: most edits are made, not refused. */
function forDamaged(file: string, property: (text: string, from: Random) => boolean): void {
  let made = 0;
  for (let seed = 0; seed < ROUNDS; seed += 1) {
    const from = random(seed);
    const damaged = from.below(3) === 0 ? file : mutate(from, file);
    const text = from.below(4) === 0 ? damaged.replaceAll("\n", "\r\n") : damaged;
    try {
      if (property(text, from)) made += 1;
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
  assert.ok(made > ROUNDS / 4, `only ${made} edits were made`);
}

/** The text after an edit, or null if it was refused. */
function editedText(text: string, result: EditResult): string | null {
  return result.ok ? applyEdits(text, result.edits) : null;
}

test("removing elements removes exactly these", () => {
  forDamaged(MAIN_CF, (text, from) => {
    const before = parseMainCf(text);
    if (before.definitions.length === 0) return false;
    const index = from.below(before.definitions.length);
    const texts = textsOf(before, index);
    const indexes = someIndexes(from, texts.length);
    const result = editedText(text, removeElements(before, at(before.definitions, index), indexes));
    if (result === null) return false;
    const after = parseMainCf(result);
    assert.deepEqual(
      textsOf(after, index),
      texts.filter((_, element) => !indexes.includes(element)),
      result,
    );
    assertOthersKept(before, after, index);
    return indexes.length > 0;
  });
});

test("inserting and replacing change one element and no other", () => {
  forDamaged(MAIN_CF, (text, from) => {
    const before = parseMainCf(text);
    if (before.definitions.length === 0) return false;
    const index = from.below(before.definitions.length);
    const definition = at(before.definitions, index);
    const texts = [...textsOf(before, index)];
    const element = from.below(Math.max(1, texts.length));
    const where = from.pick<"before" | "after" | "instead">(["before", "after", "instead"]);
    const edit =
      where === "instead"
        ? replaceElement(before, definition, element, "new:{ a, b }")
        : insertElement(before, definition, where, element, "new:{ a, b }");
    const result = editedText(text, edit);
    if (result === null) return false;
    texts.splice(
      where === "after" && texts.length > 0 ? element + 1 : element,
      where === "instead" ? 1 : 0,
      "new:{ a, b }",
    );
    const after = parseMainCf(result);
    assert.deepEqual(textsOf(after, index), texts, result);
    assertOthersKept(before, after, index);
    return true;
  });
});

test("a parameter that was set has that value, and all other definitions theirs", () => {
  forDamaged(MAIN_CF, (text, from) => {
    const before = parseMainCf(text);
    const name = from.pick(["relay_domains", "mydestination", "x", "new_one"]);
    const value = from.pick(["", "a", "b c, d", "#no"]);
    const result = editedText(text, setParameter(before, name, value));
    if (result === null) return false;
    const after = parseMainCf(result);
    const index = before.definitions.findLastIndex((definition) => definition.name === name);
    assert.equal(
      at(
        after.definitions.filter((definition) => definition.name === name),
        -1,
      ).value,
      value,
      result,
    );
    if (index === -1) assert.equal(after.definitions.length, before.definitions.length + 1);
    else assertOthersKept(before, after, index);
    return true;
  });
});

test("a parameter that was removed is gone, and nothing else", () => {
  forDamaged(MAIN_CF, (text, from) => {
    const before = parseMainCf(text);
    const name = from.pick(["relay_domains", "smtpd_helo_restrictions", "x"]);
    const result = editedText(text, removeParameter(before, name));
    if (result === null) return false;
    const others = (tree: MainCf): readonly string[] =>
      tree.definitions.filter((definition) => definition.name !== name).map((definition) => definition.value);
    const after = parseMainCf(result);
    assert.equal(
      after.definitions.some((definition) => definition.name === name),
      false,
    );
    assert.deepEqual(others(after), others(before));
    return true;
  });
});

/** All that an entry says, overrides of one name left out. */
function entries(tree: MasterCf, except: string): readonly unknown[] {
  return tree.services.map((service) => [
    service.fields.map((field) => field.text),
    service.overrides.filter((override) => override.name !== except).map(({ name, value }) => `${name}=${value}`),
    service.arguments.slice(service.optionCount).map((word) => word.text),
  ]);
}

test("an override that was set, changed or removed is so, and all other words are as before", () => {
  forDamaged(MASTER_CF, (text, from) => {
    const before = parseMasterCf(text);
    if (before.services.length === 0) return false;
    const index = from.below(before.services.length);
    const service = at(before.services, index);
    const name = from.pick(["a", "b", "c", "smtpd_helo_restrictions", "smtpd_recipient_restrictions", "new"]);
    const value = from.pick(["", "v", "v, w { x }"]);
    const remove = from.below(2) === 0;
    const edit = remove ? removeOverride(before, service, name) : setOverride(before, service, name, value);
    const result = editedText(text, edit);
    if (result === null) return false;
    const after = parseMasterCf(result);
    assert.deepEqual(entries(after, name), entries(before, name), result);
    const found = at(after.services, index).overrides.findLast((override) => override.name === name);
    assert.equal(found?.value, remove ? undefined : value, result);
    return true;
  });
});

test("a list inside an override loses and gains exactly what it should", () => {
  forDamaged(MASTER_CF, (text, from) => {
    const before = parseMasterCf(text);
    const [service] = before.services;
    const override = service?.overrides.find(({ name }) => name.endsWith("_restrictions"));
    if (service === undefined || override === undefined) return false;
    const place = service.overrides.indexOf(override);
    const texts = splitList(override.valueText).elements.map((element) => element.text);
    const indexes = someIndexes(from, texts.length);
    const insert = from.below(2) === 0;
    const added = from.pick(["x", "check_helo_access hash:/h", "{ i:1, t = 1 }"]);
    const element = from.below(Math.max(1, texts.length));
    const edit = insert
      ? insertOverrideElement(before, override, "before", element, added)
      : removeOverrideElements(before, override, indexes);
    const result = editedText(text, edit);
    if (result === null) return false;
    const after = parseMasterCf(result);
    const kept = texts.filter((_, index) => !indexes.includes(index));
    const expected = insert
      ? [...texts.slice(0, element), ...added.split(/ (?![^{]*\})/), ...texts.slice(element)]
      : kept;
    const list = at(at(after.services, 0).overrides, place);
    assert.deepEqual(
      splitList(list.valueText).elements.map((other) => other.text),
      expected,
      result,
    );
    assert.deepEqual(entries(after, override.name), entries(before, override.name), result);
    return true;
  });
});

test("a table gains one rule, or loses one, and keeps all others", () => {
  forDamaged(TABLE, (text, from) => {
    const before = parsePatternTable(text, "pcre");
    const shown = (table: typeof before): string[] =>
      table.rules.map((rule) => rule.logical.joined.text.replace(/\s+/g, " ").trim());
    const expected = shown(before);
    const index = from.below(Math.max(1, expected.length));
    const rule = before.rules[index];
    const line = "/^new$/ OK";
    const kind = from.pick(["start", "end", "before", "after", "comment"]);
    if (rule === undefined && kind !== "start" && kind !== "end") return false;
    // A byte order mark stays first, and its line is no rule for Postfix.
    const top = text.startsWith("\uFEFF") && before.rules[0]?.span.start === 0 ? 1 : 0;
    const place =
      kind === "start" || rule === undefined
        ? top
        : kind === "end"
          ? expected.length
          : kind === "before"
            ? Math.max(top, index)
            : index + 1;
    const where =
      rule === undefined || kind === "start" || kind === "end"
        ? kind === "start"
          ? "start"
          : "end"
        : kind === "before"
          ? { before: rule }
          : { after: rule };
    const edit =
      kind === "comment" && rule !== undefined ? commentOut(before, rule) : insertEntry(before, where, "/^new$/", "OK");
    const result = editedText(text, edit);
    if (result === null) return false;
    if (kind === "comment") expected.splice(index, 1);
    else expected.splice(where === "end" ? expected.length : place, 0, line);
    assert.deepEqual(shown(parsePatternTable(result, "pcre")), expected, result);
    return true;
  });
});
