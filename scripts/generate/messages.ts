import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { filesBelow } from "./files-below.ts";

/** All message templates of `reference/messages/*.json` in one list, ordered by file name, one record a line. */
export async function generateMessages(root: string): Promise<GeneratedFile> {
  const records: string[] = [];
  const fileOf = new Map<string, string>();
  for (const file of await filesBelow(path.join(root, "reference/messages"), ".json")) {
    for (const record of recordsOf(file, JSON.parse(await readFile(file, "utf8")))) {
      const twin = fileOf.get(record.id);
      if (twin !== undefined) throw new Error(`${file}: the message ${record.id} stands in ${twin} too`);
      fileOf.set(record.id, file);
      records.push(JSON.stringify(record));
    }
  }
  return { path: "core/generated/messages.json", text: `[\n${records.join(",\n")}\n]\n` };
}

function recordsOf(file: string, parsed: unknown): readonly { readonly id: string }[] {
  if (!Array.isArray(parsed) || !parsed.every(hasId)) throw new Error(`${file}: it is no list of records with an "id"`);
  return parsed;
}

function hasId(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}

/** The ids of all messages. */
export async function messageIds(root: string): Promise<ReadonlySet<string>> {
  const files = await filesBelow(path.join(root, "reference/messages"), ".json");
  const records = await Promise.all(
    files.map(async (file) => recordsOf(file, JSON.parse(await readFile(file, "utf8")))),
  );
  return new Set(records.flat().map(({ id }) => id));
}
