import assert from "node:assert/strict";
import { test } from "node:test";
import { sources } from "./sources.ts";

test("what ships ends by itself: process.exit may wait for ever for what V8 compiles in the background (nodejs/node#54918)", () => {
  const shipped = sources.filter(({ path }) => /^(core|server|client)\//.test(path));
  assert.ok(shipped.length > 300);
  assert.deepEqual(
    shipped.filter(({ text }) => /\bprocess\.(?:exit|reallyExit)\(/.test(text)).map(({ path }) => path),
    [],
  );
});
