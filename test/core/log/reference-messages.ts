import { readdirSync, readFileSync } from "node:fs";
import type { MessageRecord } from "@postmaster/core/log/message-data.ts";

const FOLDER = new URL("../../../reference/messages/", import.meta.url);

/** The records of every file of reference/messages, in the order of the files' names. */
export function referenceMessages(): readonly MessageRecord[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  // The shape is asserted by messages.test.ts.
  return names.sort().flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as MessageRecord[]);
}
