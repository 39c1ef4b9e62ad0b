import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { latin1 } from "@postmaster/core/log/ascii.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { byteOutput } from "@postmaster/core/report/parse/byte-output.ts";
import { lineWriter } from "@postmaster/core/report/parse/line-writer.ts";
import { parsedLine } from "@postmaster/core/report/parsed-line.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { logLines } from "../../../../bench/log/log-lines.ts";
import { pseudoRandom } from "../../log/pseudo-random.ts";

const root = new URL("../../../../", import.meta.url);
const engine = createCatalogueEngine();
const reference = { notAfter: Date.UTC(2026, 10, 30), zone: 60 };

/** Each line as it is written, one after the other by one writer, and as it is when it is read for itself. */
function assertSame(lines: readonly Buffer[]): void {
  const scanner = engine.createScanner("both");
  const write = lineWriter(engine, reference, latin1);
  const out = byteOutput();
  for (const line of lines) {
    scanner.scan(line, 0, line.length);
    write(scanner, line, 0, line.length, out);
    const written = `{"line":7${Buffer.from(out.take()).toString()}`;
    const text = decodeUtf8(line.at(-1) === 13 ? line.subarray(0, -1) : line);
    assert.equal(written, jsonText(parsedLine(7, engine.readText(text), reference)));
  }
}

async function knownLines(): Promise<readonly string[]> {
  const files = ["samples/mail.log", "test/core/log/fixtures/neighbours.log", "test/core/log/fixtures/field.log"];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, root), "utf8")));
  const examples = entries.flatMap(({ examples: { match, noMatch } }) => [...match, ...noMatch]);
  return [...texts.flatMap((text) => text.split("\n")), ...examples];
}

suite("a line written at once is the line that is read", () => {
  test("for every line of samples, fixtures and catalogue", async () => {
    const lines = await knownLines();
    assert.ok(lines.length > 1000);
    assertSame(lines.map((line) => Buffer.from(line)));
  });

  test("for the lines of a busy server", () => {
    const lines: Buffer[] = [];
    for (const line of logLines(5)) {
      lines.push(Buffer.from(lines.length % 9 === 0 ? `${line}\r` : line));
      if (lines.length === 6000) break;
    }
    assertSame(lines);
  });

  test("whatever stands in them: quotes, control characters, half characters, half lines", async () => {
    const random = pseudoRandom(11);
    const odd = ['"', "\\", "\t", "\x1b", "\x7f", "\0", "ü", "\u202e", "<", ">", "[", "]", ",", " ", "=", ":", "é"];
    const lines = (await knownLines()).filter((_, index) => index % 3 === 0);
    assertSame(
      lines.map((line) => {
        const at = random(line.length + 1);
        const insert = odd[random(odd.length)] ?? "";
        const changed = Buffer.from(line.slice(0, at) + insert + line.slice(random(4) === 0 ? line.length : at));
        return random(5) === 0 ? changed.subarray(0, Math.max(0, changed.length - 1 - random(9))) : changed;
      }),
    );
  });
});
