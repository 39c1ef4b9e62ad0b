import assert from "node:assert/strict";
import test from "node:test";
import type { Because } from "@postmaster/core/catalogue/because.ts";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";

const entryById = new Map(entries.map((entry) => [entry.id, entry]));
const messageById = new Map(referenceMessages().map((message) => [message.id, message]));

/** The programs that write the lines of an entry or a message; null where any may, or nothing tells. */
function writersOf(id: string): readonly string[] | null {
  const entry = entryById.get(id);
  if (entry !== undefined && (entry.match.length > 0 || entry.otherwise.length > 0 || entry.level !== null))
    return null;
  const programs = (entry?.messages ?? [id]).map((message) => messageById.get(message)?.programs ?? []);
  return programs.some((some) => some.length === 0) ? null : [...new Set(programs.flat())];
}

/** Who must have written the cause; null where anybody may have. */
function demandedWriters(entryId: string, { by, for: messages, service }: Because): readonly string[] | null {
  if (by === "service") return service === null || service.startsWith("{") ? null : [service, "master"];
  if (by !== "process") return null;
  const writers = (messages.length > 0 ? messages : [entryId]).map(writersOf);
  return writers.some((some) => some === null) ? null : writers.flatMap((some) => some ?? []);
}

test("every cause that an entry names is written by a program that its evidence ties to the line", () => {
  for (const { id, because } of entries) {
    for (const rule of because) {
      const demanded = demandedWriters(id, rule);
      for (const cause of rule.lines) {
        const writers = writersOf(cause);
        if (demanded === null || writers === null) continue;
        assert.ok(
          writers.some((program) => demanded.includes(program)),
          `${id}: ${cause} is written by ${writers.join(", ")} only, which its evidence (${rule.by}) never points at`,
        );
      }
    }
  }
});

test("a rule goes by what its lines hold: fields that some form of them has", () => {
  for (const { id, because, match, otherwise, messages } of entries) {
    for (const rule of because) {
      const forms = (rule.for.length > 0 ? rule.for : messages).flatMap((message) => {
        const { text = "", also = [] } = messageById.get(message) ?? {};
        return [text, ...also];
      });
      const all = rule.for.length > 0 ? forms : [...match, ...otherwise, ...forms];
      const service = rule.service?.startsWith("{") === true ? [rule.service.slice(1, -1)] : [];
      for (const field of [...Object.keys(rule.where), ...rule.same, ...service]) {
        const has = all.filter((form) => form.includes(`{${field}}`) || form.includes(`{${field}:`));
        assert.ok(has.length > 0, `${id}: no line of it has {${field}}`);
      }
    }
  }
});
