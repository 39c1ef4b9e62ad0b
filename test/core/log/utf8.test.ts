import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeUtf8, encodeUtf8, utf16Offsets } from "@postmaster/core/log/utf8.ts";
import { pseudoRandom } from "./pseudo-random.ts";

test("encodes as the platform does, lone surrogates too", () => {
  for (const text of ["", "abc", "grüße", "€", "😀", "a\ud800b", "\udc00", "\u0000\u007f\u0080\u07ff\u0800\uffff"]) {
    assert.deepEqual([...encodeUtf8(text)], [...new TextEncoder().encode(text)], text);
  }
});

test("decodes valid text as the platform does", () => {
  const text = "aä€😀".repeat(3000);
  assert.equal(decodeUtf8(new TextEncoder().encode(text)), text);
});

test("decodes a part of any length, all ASCII or not, the mark of a byte order too", () => {
  const ascii = Array.from({ length: 200 }, (_, index) => String.fromCharCode(index % 128)).join("");
  for (const text of [ascii, `${ascii}ä${ascii}`, `\ufeff${ascii}`, `\ufeff`]) {
    const bytes = encodeUtf8(`é${text}é`);
    assert.equal(decodeUtf8(bytes, 2, bytes.length - 2), text);
    for (let length = 0; length <= 130; length += 1) {
      assert.equal(decodeUtf8(encodeUtf8(text.slice(0, length))), text.slice(0, length));
    }
  }
  assert.equal(decodeUtf8(Uint8Array.of(0x61, 0x62), 1, 1), "");
});

test("replaces what is not UTF-8, and keeps the rest", () => {
  assert.equal(decodeUtf8(Uint8Array.of(0x61, 0xff, 0x62, 0xc3)), "a\ufffdb\ufffd");
  const random = pseudoRandom(1);
  for (let round = 0; round < 2000; round += 1) {
    const bytes = Uint8Array.from(
      { length: random(12) },
      () => [0x61, 0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xff][random(9)] ?? 0,
    );
    // A replacement's count may differ; what is valid may not.
    const kept = (decoded: string): string => decoded.replaceAll("\ufffd", "");
    assert.equal(kept(decodeUtf8(bytes)), kept(new TextDecoder().decode(bytes)), bytes.join());
  }
});

test("maps byte offsets to UTF-16", () => {
  const text = "aä😀b";
  const offset = utf16Offsets(text, encodeUtf8(text).length);
  assert.deepEqual([0, 1, 3, 7, 8].map(offset), [0, 1, 2, 4, 5]);
  assert.equal(offset(5), 2);
});
