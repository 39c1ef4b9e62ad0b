import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { messageTemplates } from "@postmaster/core/log/message-data.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";
import { MESSAGE_LINES } from "./message-lines.ts";
import { referenceMessages, tagOf } from "./reference-messages.ts";
import { synthesize } from "./synthesize.ts";

const records = referenceMessages();
const engine = createLogEngine(messageTemplates(records));
const LEVELS = new Set<unknown>(["info", "warning", "error", "fatal", "panic"]);

/** Messages of which some instances are also instances of one that says more. */
const TWINS: Readonly<Record<string, string>> = {
  "global/maps-find-3": "global/maps-find-2",
  "util/myflock": "util/myflock-myflock-op-nowait",
};

function recognised(message: string, tag: string): string | null {
  return engine.readText(`Nov 22 10:00:00 mail ${tag} ${message}`).template?.templateId ?? null;
}

test("every record is complete, and its id is its own", () => {
  const ids = new Set<string>();
  for (const record of records) {
    assert.match(record.id, /^[a-z_-]+\/[a-z0-9-]+$/);
    assert.ok(record.id.length <= 60, record.id);
    assert.ok(!ids.has(record.id), `twice: ${record.id}`);
    ids.add(record.id);
    assert.ok(record.levels.length > 0 && record.levels.every((level) => LEVELS.has(level)), record.id);
    assert.ok(Array.isArray(record.programs), record.id);
    for (const version of [record.since, record.until])
      assert.ok(version === undefined || /^\d+\.\d+$/.test(version), record.id);
  }
});

/** The conversation in debugging mode has no words of Postfix; the client's form and the arrow tell it. */
const WORDLESS = new Set(["smtpd/sent-reply", "smtpd/received-command"]);

test("every template follows the notation and holds words to recognise it by", () => {
  for (const { id, text, also = [] } of records) {
    for (const form of [text, ...also]) {
      const literal = parseTemplate(form).flatMap((segment) => (segment.kind === "literal" ? [segment.text] : []));
      if (!WORDLESS.has(id)) assert.match(literal.join(""), /[A-Za-z].*[A-Za-z]/s, id);
    }
  }
});

test("every message is recognised as itself", (context) => {
  let forms = 0;
  const coverage = new Map<string, { known: number; recognised: number }>();
  const strangers: string[] = [];
  for (const record of records) {
    const { id, text, also = [] } = record;
    for (const form of [text, ...also]) {
      forms += 1;
      const found = recognised(synthesize(form), tagOf(record));
      const isItself = found === id || found === TWINS[id];
      const component = id.slice(0, id.indexOf("/"));
      const counts = coverage.get(component) ?? { known: 0, recognised: 0 };
      coverage.set(component, {
        known: counts.known + 1,
        recognised: counts.recognised + (isItself ? 1 : 0),
      });
      if (!isItself) strangers.push(`${id}: ${form} → ${found ?? "nothing"}`);
    }
  }
  context.diagnostic(
    `${records.length} messages in ${forms} forms; ${Object.keys(TWINS).length} of them share instances with another`,
  );
  for (const [component, { known, recognised: count }] of [...coverage].sort(([a], [b]) => (a < b ? -1 : 1)))
    context.diagnostic(`${component}: ${count} of ${known} forms recognised (${((100 * count) / known).toFixed(1)} %)`);
  assert.deepEqual(strangers, []);
});

for (const [program, ids] of Object.entries(MESSAGE_LINES)) {
  describe(`lines of ${program}`, () => {
    for (const [id, lines] of Object.entries(ids)) {
      for (const line of lines)
        test(`${id}: ${line}`, () => assert.equal(recognised(line, `postfix/${program}[1]:`), id));
    }
  });
}
