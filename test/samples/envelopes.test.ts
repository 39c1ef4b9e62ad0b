import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";

const engine = createCatalogueEngine();
const log = await readFile(new URL("../../samples/mail.log", import.meta.url), "utf8");

/** A line of the sample log, taken apart: `Nov  9 06:00:01 mail postfix/smtpd[12]: message`. */
const lines = log
  .trimEnd()
  .split("\n")
  .map((line) => {
    const colon = line.indexOf(": ", 20);
    const [program = "", pid = ""] = line.slice(21, colon).replace("]", "").split("[");
    return { line, clock: line.slice(7, 15), program, pid, message: line.slice(colon + 2) };
  });

/** The same line as other loggers write it. */
const FORMS: Readonly<Record<string, (part: (typeof lines)[number]) => string>> = {
  "rsyslog of Debian 12": ({ clock, program, pid, message }) =>
    `2026-11-09T${clock}.104729+01:00 mail ${tag(program, pid)}: ${message}`,
  "RFC 5424": ({ clock, program, pid, message }) =>
    `<22>1 2026-11-09T${clock}.104729+01:00 mail ${program} ${pid || "-"} - - ${message}`,
  "journalctl -o short-precise": ({ clock, program, pid, message }) =>
    `Nov 09 ${clock}.104729 mail ${tag(program, pid)}: ${message}`,
  "journalctl -o short-iso": ({ clock, program, pid, message }) =>
    `2026-11-09T${clock}+0100 mail ${tag(program, pid)}: ${message}`,
  "journalctl -o json": ({ program, pid, message }) =>
    JSON.stringify({ MESSAGE: message, SYSLOG_IDENTIFIER: program, _PID: pid, _HOSTNAME: "mail", PRIORITY: "6" }),
  "a container's prefix": ({ line }) => `mail-1  | ${line}`,
};

test("the sample log is taken apart as it was written", () => {
  assert.ok(lines.length > 100);
  for (const { clock, program } of lines) assert.match(`${clock} ${program}`, /^\d\d:\d\d:\d\d [a-z][\w/-]*$/);
});

for (const [form, write] of Object.entries(FORMS)) {
  test(`the sample log means the same in another envelope: ${form}`, () => {
    for (const part of lines) {
      const plain = engine.readText(part.line);
      const wrapped = engine.readText(write(part));
      const seen = `${form}: ${part.line}`;
      assert.equal(wrapped.entry?.templateId, plain.entry?.templateId, seen);
      assert.equal(wrapped.daemon, plain.daemon, seen);
      assert.equal(wrapped.message.value, plain.message.value, seen);
      assert.deepEqual(valuesOf(wrapped.entry), valuesOf(plain.entry), seen);
    }
  });
}

function tag(program: string, pid: string): string {
  return pid === "" ? program : `${program}[${pid}]`;
}

function valuesOf(match: ReturnType<typeof engine.readText>["entry"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(match?.fields ?? {}).map(([name, { value }]) => [name, value]));
}
