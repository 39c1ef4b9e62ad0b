import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { lately, oncePer } from "@postmaster/core/memory/remember.ts";

test("an answer is worked out once for each object", () => {
  let worked = 0;
  const lengthOf = oncePer(({ text }: { readonly text: string }) => {
    worked += 1;
    return text.length;
  });
  const one = { text: "postfix" };
  assert.deepEqual([lengthOf(one), lengthOf(one), lengthOf({ text: "mail" })], [7, 7, 4]);
  assert.equal(worked, 2);
});

test("two questions about one object have their own answers", () => {
  const first = oncePer(({ text }: { readonly text: string }) => text[0]);
  const last = oncePer(({ text }: { readonly text: string }) => text.at(-1));
  const one = Object.freeze({ text: "main.cf" });
  assert.deepEqual([first(one), last(one), first(one)], ["m", "f", "m"]);
});

test("an answer is no part of the object: nobody sees it, and a copy has none", () => {
  const lengthOf = oncePer(({ text }: { readonly text: string }) => text.length);
  const one = { text: "postfix" };
  lengthOf(one);
  assert.deepEqual(Reflect.ownKeys(one), ["text"]);
  assert.equal(lengthOf({ ...one, text: "mail" }), 4);
});

test("nothing is an answer too", () => {
  let worked = 0;
  const nothing = oncePer((_key: object) => {
    worked += 1;
  });
  const one = {};
  nothing(one);
  nothing(one);
  assert.equal(worked, 1);
});

test("answers that lead back to their objects go with them as soon as young objects are collected", () => {
  setFlagsFromString("--expose-gc");
  const rowsOf = oncePer((key: object) => Array.from({ length: 10_000 }, (_, index) => ({ key, index })));
  const before = process.memoryUsage().heapUsed;
  for (let made = 0; made < 100; made += 1) {
    rowsOf({});
    if (made % 10 === 9) runInNewContext("gc({ type: 'minor' })");
  }
  const grown = process.memoryUsage().heapUsed - before;
  assert.ok(grown < 10_000_000, `${grown} bytes of what is gone are still there`);
});

test("an answer about a value does not keep the file it stood in", () => {
  setFlagsFromString("--expose-gc");
  const valueOf = lately((text) => ({ text }));
  runInNewContext("gc()");
  const before = process.memoryUsage().heapUsed;
  for (let made = 0; made < 100; made += 1) {
    const file = `${made}`.padEnd(1_000_000, " hash:/etc/postfix/access");
    assert.equal(valueOf(file.slice(0, 100)).text.length, 100);
  }
  runInNewContext("gc()");
  const grown = process.memoryUsage().heapUsed - before;
  assert.ok(grown < 10_000_000, `${grown} bytes of files that are gone are still there`);
});
