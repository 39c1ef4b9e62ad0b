import type { GeneratedFile } from "../lib/generated-file.ts";
import { type MessageFile, readMessageFiles } from "./message-files.ts";

/**
 * All message templates below `reference/messages/` in one list, ordered by file name, one record a line; and the
 * programs beside Postfix that they belong to.
 */
export async function generateMessages(root: string): Promise<readonly GeneratedFile[]> {
  const files = await readMessageFiles(root);
  return [
    { path: "core/generated/messages.json", text: `[\n${messageLines(files).join(",\n")}\n]\n` },
    { path: "core/generated/neighbours.json", text: `{\n${neighbourLines(files).join(",\n")}\n}\n` },
  ];
}

function messageLines(files: readonly MessageFile[]): readonly string[] {
  const fileOf = new Map<string, string>();
  return files.flatMap(({ file, neighbour, messages }) =>
    messages.map((message) => {
      const twin = fileOf.get(message.id);
      if (twin !== undefined) throw new Error(`${file}: the message ${message.id} stands in ${twin} too`);
      fileOf.set(message.id, file);
      const { id, ...rest } = message;
      return JSON.stringify(neighbour === null ? message : { id, system: neighbour.system, ...rest });
    }),
  );
}

function neighbourLines(files: readonly MessageFile[]): readonly string[] {
  const known = new Map<string, { readonly name: string; readonly tags: Set<string> }>();
  const systemOf = new Map<string, string>();
  for (const { file, neighbour } of files) {
    if (neighbour === null) continue;
    const { system, name, tags } = neighbour;
    const facts = known.get(system) ?? { name, tags: new Set() };
    known.set(system, facts);
    for (const tag of tags) {
      const other = systemOf.get(tag) ?? system;
      if (other !== system) throw new Error(`${file}: ${other} logs as ${tag} too`);
      systemOf.set(tag, system);
      facts.tags.add(tag);
    }
  }
  return [...known]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([system, { name, tags }]) => `${JSON.stringify(system)}: ${JSON.stringify({ name, tags: [...tags].sort() })}`,
    );
}

/** The ids of all messages. */
export async function messageIds(root: string): Promise<ReadonlySet<string>> {
  const files = await readMessageFiles(root);
  return new Set(files.flatMap(({ messages }) => messages.map(({ id }) => id)));
}
