import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { scannedTeller, type ToldLine, toldLine } from "@postmaster/core/features/told-line.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";

const engine = createCatalogueEngine();
const byId = new Map(entries.map((entry) => [entry.id, entry]));
const lines = entries.flatMap(({ examples }) => examples.match);

/** What both ways tell of a line; null where the scanner's way leaves it to the other. */
function told(line: string): { readonly scanned: ToldLine | null; readonly read: ToldLine } {
  const scanner = engine.createScanner("entry");
  const bytes = encodeUtf8(`before\n${line}`);
  const start = "before\n".length;
  scanner.scan(bytes, start, bytes.length);
  const entry = byId.get(engine.scanNames.entries.at(scanner.entry) ?? "");
  assert.ok(entry, line);
  // Before another line is read: the scanner's is gone then.
  const scanned = scannedTeller(engine.scanNames)(line, scanner, bytes, start, entry);
  const text = engine.readText(line);
  assert.equal(text.entry?.templateId, entry.id, line);
  return { scanned, read: toldLine(line, text, entry) };
}

suite("what is told of a problem line", () => {
  test("is the same of a line just scanned as of the line read again, for every example of the catalogue", () => {
    let scannedLines = 0;
    for (const line of lines) {
      const { scanned, read } = told(line);
      if (scanned === null) continue;
      scannedLines += 1;
      assert.deepEqual(scanned, read, line);
    }
    assert.ok(scannedLines > lines.length * 0.95, `${scannedLines} of ${lines.length}`);
  });

  test("is left to the other way where a line is not all ASCII, or holds its message escaped", () => {
    const line =
      "Nov  9 06:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 <a@example.com>: Relay access denied; from=<b@example.org> to=<a@example.com> proto=ESMTP helo=<c>";
    const { scanned, read } = told(line);
    assert.deepEqual(scanned, read);
    assert.equal(line.slice(read.place.start, read.place.end), "554 5.7.1 <a@example.com>: Relay access denied");
    assert.equal(told(line.replace("helo=<c>", "helo=<ç>")).scanned, null);
    const message = line.slice(line.indexOf("NOQUEUE"));
    const escaped = JSON.stringify({ SYSLOG_IDENTIFIER: "postfix/smtpd", MESSAGE: message }).replace(
      "NOQ",
      "\\u004eOQ",
    );
    assert.equal(told(escaped).scanned, null);
  });
});
