import assert from "node:assert/strict";
import { test } from "node:test";
import { heloStory } from "./helo-story.ts";
import { useWorkbench } from "./workbench.ts";

const bench = useWorkbench();

test("hover an error, open the light bulb, accept the change: the table has the exception", async () => {
  const story = await heloStory(bench(), async () => {});
  assert.match(story.hover, /HELO name is not a full host name/);
  assert.match(story.hover, /OFFICEPC7/);
  assert.ok(story.actions.some((title) => title.includes("Accept the HELO name OFFICEPC7")));
  assert.match(story.table, /OFFICEPC7.*OK/i);
});
