import { readdirSync, readFileSync } from "node:fs";
import type { MessageRecord } from "@postmaster/core/log/message-data.ts";

const FOLDER = new URL("../../../reference/messages/", import.meta.url);

/** The records of every file of reference/messages, in the order of the files' names. */
export function referenceMessages(): readonly MessageRecord[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  return names.sort().flatMap((name) => {
    const records: unknown = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
    if (!Array.isArray(records) || !records.every(isRecord))
      throw new TypeError(`${name} holds something else than messages`);
    return records;
  });
}

function isRecord(value: unknown): value is MessageRecord {
  if (typeof value !== "object" || value === null || !("id" in value && "text" in value)) return false;
  if (!("levels" in value && "programs" in value && Array.isArray(value.levels) && Array.isArray(value.programs)))
    return false;
  const also = "also" in value ? value.also : [];
  return typeof value.id === "string" && typeof value.text === "string" && Array.isArray(also);
}
