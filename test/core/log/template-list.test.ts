import assert from "node:assert/strict";
import { test } from "node:test";
import { allTemplates } from "@postmaster/core/features/all-templates.ts";
import { listTemplates, readTemplateList, writeTemplateList } from "@postmaster/core/log/template-list.ts";

const { templates, explained } = allTemplates();
const list = listTemplates(templates, explained);

test("messages and entries are numbered, and each template knows its own", () => {
  const expected = templates.map(({ id, layer, text }) => ({
    message: layer === "message" ? id : null,
    entry: layer === "entry" ? id : (explained.get(id) ?? null),
    text,
  }));
  const { messages, entries, messageOf, entryOf, texts } = list;
  const found = templates.map((_, template) => ({
    message: messages.at(messageOf[template] ?? -1),
    entry: entries.at(entryOf[template] ?? -1),
    text: texts.at(template),
  }));
  assert.deepEqual(found, expected);
  assert.equal(new Set(messages.all()).size, messages.length);
});

test("the list of templates is read as it was written, wherever in memory the file lies", () => {
  const bytes = writeTemplateList(list);
  for (const offset of [0, 1, 4]) {
    const elsewhere = new Uint8Array(bytes.length + offset);
    elsewhere.set(bytes, offset);
    const read = readTemplateList(elsewhere.subarray(offset));
    assert.deepEqual([read.messageOf, read.entryOf], [list.messageOf, list.entryOf]);
    for (const kind of ["messages", "entries", "texts"] as const) {
      assert.deepEqual(read[kind].all(), list[kind].all());
      assert.equal(read[kind].at(list[kind].length), null);
      const some = list[kind].all().filter((text, index, all) => index % 97 === 0 && all.indexOf(text) === index);
      const numbers = new Map(some.map((text) => [text, list[kind].all().indexOf(text)]));
      assert.deepEqual(read[kind].numbersOf([...some, "nowhere", ""]), numbers);
      assert.deepEqual(list[kind].numbersOf([...some, "nowhere", ""]), numbers);
    }
  }
});
