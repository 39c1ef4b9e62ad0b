import assert from "node:assert/strict";
import { test } from "node:test";
import { allTemplates } from "@postmaster/core/features/all-templates.ts";
import { readTemplateList, writeTemplateList } from "@postmaster/core/log/template-list.ts";

test("the list of templates is read as it was written", () => {
  const { templates, explained } = allTemplates();
  const read = readTemplateList(writeTemplateList(templates, explained));
  assert.deepEqual(
    read.templates,
    templates.map(({ id, layer, text }) => ({ id, layer, text })),
  );
  assert.deepEqual(read.explained, explained);
});
