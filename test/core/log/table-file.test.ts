import assert from "node:assert/strict";
import { test } from "node:test";
import { allTemplates } from "@postmaster/core/features/all-templates.ts";
import { createMachine } from "@postmaster/core/log/machine/machine.ts";
import { createMatcher, type Found } from "@postmaster/core/log/matcher.ts";
import { matcherTables } from "@postmaster/core/log/matching/matcher-tables.ts";
import { readTables, writeTables } from "@postmaster/core/log/matching/table-file.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { MESSAGE_LINES } from "./message-lines.ts";

const { templates, explained } = allTemplates();
const tables = matcherTables(templates, new Set(explained.keys()));

test("compiled templates are read as they were written, wherever in memory the file lies", () => {
  const bytes = writeTables(tables);
  for (const offset of [0, 1, 4]) {
    const elsewhere = new Uint8Array(bytes.length + offset);
    elsewhere.set(bytes, offset);
    assert.deepEqual(readTables(elsewhere.subarray(offset)), tables);
  }
});

test("compiled templates that were put into a machine's memory find what those find that were copied there", () => {
  const bytes = writeTables(tables);
  const straight = createMatcher(
    createMachine((room) => {
      const place = room(bytes.length);
      place.set(bytes);
      return readTables(place);
    }),
  );
  const copied = createMatcher(createMachine(() => tables));
  let found = 0;
  for (const [program, ids] of Object.entries(MESSAGE_LINES)) {
    for (const line of Object.values(ids).flat()) {
      const message = encodeUtf8(line);
      const [one, other] = [straight, copied].map((matcher): Pick<Found, "message" | "entry"> => {
        const row = matcher.rowOf({ tagged: true, system: "postfix", daemon: program });
        const { message: name, entry } = matcher.find(message, 0, message.length, row, "both");
        return { message: name, entry };
      });
      assert.deepEqual(one, other, line);
      if (one?.message !== -1) found += 1;
    }
  }
  assert.ok(found > 50, String(found));
});
