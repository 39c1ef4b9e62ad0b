import { lately, oncePer } from "../memory/remember.ts";
import { isSecretSetting, secretRangesIn } from "../syntax/table/parse-client-config.ts";
import type { MailServer } from "./mail-server.ts";
import { baseName } from "./paths.ts";
import { specOf, tablesIn } from "./table-specs.ts";

/** Shorter ones would take every other word out of what is said. */
const SHORTEST = 3;

/**
 * The passwords that main.cf, master.cf and their tables of passwords hold, also on lines that Postfix would not take: no text for people
 * may contain one. The longest first.
 */
export const secretsOf = oncePer((server: MailServer): readonly string[] => {
  const found: string[] = [];
  for (const { name, value } of server.main.tree.definitions) found.push(...secretsOfSetting(server, name, value));
  for (const { lineText } of server.main.tree.problems) found.push(...secretsOfLine(lineText));
  for (const service of server.master?.tree.services ?? []) {
    for (const { name, value } of service.overrides) found.push(...secretsOfSetting(server, name, value));
    found.push(...secretsOfArguments(service.arguments.map(({ text }) => text)));
  }
  return worthHiding(found);
});

/** Passwords in a table of them, such as sasl_passwd: right-hand sides, and what follows a colon on lines that are none. */
export function secretsOfPasswordTable(text: string): readonly string[] {
  const found = text.split("\n").flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const value = line.startsWith("#") ? "" : words.slice(line.startsWith(" ") ? 0 : 1).join(" ");
    return [...credential(value), line.startsWith("#") ? "" : line.slice(line.lastIndexOf(":") + 1).trim()];
  });
  return worthHiding(found.filter((one) => !/^\d{1,5}$/.test(one)));
}

/** By its name, for tables that no parameter names. */
export function isPasswordTable(path: string): boolean {
  return baseName(path).toLowerCase().includes("passw");
}

/** What a line holds whose first word names a secret, although it is no setting. */
export function secretsOfLine(line: string): readonly string[] {
  const [first = "", ...rest] = line.trim().split(/\s+/);
  return isSecretSetting(first) ? worthHiding(rest) : [];
}

/** The text with every secret in it blacked out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) if (result.includes(secret)) result = result.replaceAll(secret, "…");
  return result;
}

export function tellsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => text.includes(secret));
}

/** The same, each character by one of its own, so that what stands behind keeps its place. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets)
    if (result.includes(secret)) result = result.replaceAll(secret, "*".repeat(secret.length));
  return result;
}

export function worthHiding(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.filter((secret) => secret.length >= SHORTEST))].sort((a, b) => b.length - a.length);
}

const secretsWrittenIn = lately((value): readonly string[] =>
  secretRangesIn(value).map(({ start, end }) => value.slice(start, end)),
);

function secretsOfSetting(server: MailServer, name: string, value: string): readonly string[] {
  const inside = secretsWrittenIn(value);
  if (!isSecretSetting(name)) return inside;
  if (!name.endsWith("_maps")) return [...inside, value, ...value.split(/\s+/)];
  const tables = tablesIn(value).flatMap((reference) => {
    if (reference.type === "static") return credential(reference.name);
    const content = server.tables.get(specOf(reference))?.content;
    if (content?.kind === "inline") return content.entries.flatMap((entry) => credential(entry.value));
    return content?.kind === "indexed" ? secretsOfPasswordTable(content.file.text) : [];
  });
  return [...inside, ...tables];
}

/** `user:password`, whole and its second half. */
function credential(value: string): readonly string[] {
  const colon = value.indexOf(":");
  return colon === -1 ? [value.trim()] : [value.trim(), value.slice(colon + 1).trim()];
}

/** Of a command: `--password=x`, and `password = x` in three words. */
function secretsOfArguments(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const equals = word.indexOf("=");
    if (equals > 0 && isSecretSetting(word.slice(0, equals))) return credential(word.slice(equals + 1));
    return word === "=" && isSecretSetting(words[index - 1] ?? "") ? credential(words[index + 1] ?? "") : [];
  });
}
