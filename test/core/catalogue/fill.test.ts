import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, isFillable, placesOf } from "@postmaster/core/catalogue/fill.ts";

const values: Readonly<Record<string, string>> = { utf8_err: "invalid length", path2: "/b", reason: "no" };
const valueOf = (field: string): string | null => values[field] ?? null;
const quoted = (value: string): string => `«${value}»`;

test("a field with a digit in its name is filled, as a template may name one so", () => {
  assert.equal(
    fill("It says {utf8_err|nothing}, not {path2}: {reason}.", valueOf, quoted),
    "It says «invalid length», not «/b»: «no».",
  );
  assert.equal(isFillable("{path2}", valueOf), true);
});

test("a field that the line lacks leaves its own words, or a gap that one sees", () => {
  assert.equal(fill("{uid_2|a user}, {guid_1}", valueOf, quoted), "a user, ‹guid 1›");
  assert.equal(isFillable("{guid_1}", valueOf), false);
});

test("braces that hold no name of a field are left alone", () => {
  for (const text of ["${name}", "{1}", "{2x}", "{_x}", "{}", "{Name}", "{a b}", `{${"a".repeat(41)}}`]) {
    assert.deepEqual(placesOf(text), [], text);
    assert.equal(fill(text, valueOf, quoted), text);
  }
});
