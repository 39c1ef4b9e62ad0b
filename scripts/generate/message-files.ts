import { readFile } from "node:fs/promises";
import path from "node:path";
import { filesBelow } from "./files-below.ts";

/** A file of `reference/messages/`: the messages of one program, or of a part of one. */
export interface MessageFile {
  readonly file: string;
  /** Null for Postfix. */
  readonly neighbour: NeighbourHead | null;
  readonly messages: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
}

/** What a neighbour's file says before its messages. */
interface NeighbourHead {
  readonly system: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/**
 * All files of messages, ordered by name. A file of Postfix' messages is a list of records; a neighbour's is an object
 * with `system`, `name`, `tags` (the names it logs under), `sources` (where the wording was read) and `messages`.
 * @throws Error naming a file that is neither, or a neighbour that two files describe differently
 */
export async function readMessageFiles(root: string): Promise<readonly MessageFile[]> {
  const files: MessageFile[] = [];
  const nameOf = new Map<string, string>();
  for (const file of await filesBelow(path.join(root, "reference/messages"), ".json")) {
    const read = readMessageFile(file, JSON.parse(await readFile(file, "utf8")));
    const { neighbour } = read;
    if (neighbour !== null) {
      const name = nameOf.get(neighbour.system) ?? neighbour.name;
      if (name !== neighbour.name) throw new Error(`${file}: ${neighbour.system} is called ${name} in another file`);
      nameOf.set(neighbour.system, name);
    }
    files.push(read);
  }
  return files;
}

function readMessageFile(file: string, parsed: unknown): MessageFile {
  if (Array.isArray(parsed)) return { file, neighbour: null, messages: recordsOf(file, parsed) };
  const head = isRecord(parsed) ? parsed : {};
  const { system, name, tags, sources, messages } = head;
  if (typeof system !== "string" || typeof name !== "string" || !isTexts(tags) || !isTexts(sources)) {
    throw new Error(`${file}: it is neither a list of messages nor an object with system, name, tags and sources`);
  }
  if (sources.length === 0) throw new Error(`${file}: its sources are not named`);
  return { file, neighbour: { system, name, tags }, messages: recordsOf(file, messages) };
}

function recordsOf(file: string, parsed: unknown): MessageFile["messages"] {
  if (!Array.isArray(parsed) || !parsed.every(hasId)) throw new Error(`${file}: no list of records with an "id"`);
  return parsed;
}

function hasId(value: unknown): value is Readonly<Record<string, unknown>> & { readonly id: string } {
  return isRecord(value) && typeof value["id"] === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
