import { type FilePort } from "../../io/file-port.ts";
import { resolveConfigurationPath, STANDARD_DIRECTORIES } from "../../model/configuration-paths.ts";
import { effectiveValue, expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import { tableTypes } from "../../reference/table-type.ts";
import { tableSourceSyntax } from "../../syntax/value/table-reference.ts";
import { span } from "../../text/span.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, type Suggestions, snippetText, suggestion } from "./suggestion.ts";
import { tableUses } from "./table-uses.ts";
import type { ValuePlace } from "./value-place.ts";

/** Types that Postfix uses inside itself or that only wrap others. */
const NEVER_WRITTEN: ReadonlySet<string> = new Set(["internal", "debug", "fail"]);
const MOST_FILES = 500;

/** `type:` and, first, the tables that the configuration already names. */
export function tableSuggestions({ server, version }: ConfigContext, place: ValuePlace): readonly Suggestion[] {
  const found: Suggestion[] = [];
  const named = new Set<string>();
  for (const { mention } of tableUses(server)) {
    const text = `${mention.proxied ? "proxy:" : ""}${mention.type}:${mention.name}`;
    if (named.has(text) || mention.name === "" || mention.name.startsWith("{") || text === place.typed) continue;
    named.add(text);
    found.push(suggestion({ label: text, kind: "file", detail: "table of this configuration", rank: 4 }));
  }
  const usual = effectiveValue(server, "default_database_type").expanded;
  for (const { type, since, nameIs, buildOption } of tableTypes) {
    if (NEVER_WRITTEN.has(type) || (version !== null && !hasSince(version, since))) continue;
    found.push(
      suggestion({
        label: `${type}:`,
        kind: "table-type",
        detail: nameIs,
        rank: type === usual ? 2 : buildOption === null ? 3 : 6,
        topic: { kind: "table-type", name: type },
      }),
    );
  }
  return found;
}

/** The start of a path in `type:partial`; null where the word is no table in a file. */
export function tablePathTyped(typed: string): string | null {
  const bare = typed.replace(/^!/, "");
  const rest = bare.startsWith("proxy:") ? bare.slice("proxy:".length) : bare;
  const colon = rest.indexOf(":");
  return colon === -1 || tableSourceSyntax(rest.slice(0, colon)) === null ? null : rest.slice(colon + 1);
}

/** `type:path` for the argument of a restriction, with places to fill in. */
export function tablePlaceholder(server: MailServer, first: number, name: string): string {
  const type = effectiveValue(server, "default_database_type").expanded ?? "";
  return `\${${first}:${snippetText(type === "" ? "hash" : type)}}:\${${first + 1}:${snippetText(configurationFolder(server))}/${name}}`;
}

/** The folder as the running Postfix calls it. */
function configurationFolder(server: MailServer): string {
  return server.isCopy ? (STANDARD_DIRECTORIES[0] ?? "/etc/postfix") : server.directory;
}

/** Files and folders below what is written already, as the port shows them; absolute paths and `$name/` starts. */
export async function pathSuggestions(
  { server }: ConfigContext,
  place: ValuePlace,
  typed: string,
  port: Pick<FilePort, "list">,
): Promise<Suggestions> {
  const slash = typed.lastIndexOf("/");
  const at = span(place.offset - (typed.length - slash - 1), place.word.end);
  if (slash === -1) {
    const folder = `${configurationFolder(server)}/`;
    return { span: at, all: [suggestion({ label: folder, kind: "folder", rank: 1 })] };
  }
  const written = expandIn(server, place.service, slash === 0 ? "/" : typed.slice(0, slash));
  const folder = written === null ? null : resolveConfigurationPath(server.directory, server.isCopy, written);
  const names = folder === null ? null : await port.list(folder);
  const known = new Set(names ?? []);
  const all = [...known]
    .filter((name) => !isDatabaseOf(name, known) && !name.startsWith(".") && isPlainName(name))
    .toSorted()
    .slice(0, MOST_FILES)
    .map((name) => suggestion({ label: name, kind: "file", detail: typed.slice(0, slash) }));
  return { span: at, all };
}

/** The index that postmap makes beside a source; the configuration names the source. */
function isDatabaseOf(name: string, known: ReadonlySet<string>): boolean {
  const dot = name.lastIndexOf(".");
  return dot > 0 && ["db", "lmdb", "cdb", "dir", "pag"].includes(name.slice(dot + 1)) && known.has(name.slice(0, dot));
}

/** A name that is one word of a value. */
function isPlainName(name: string): boolean {
  for (const c of name) if (c <= " " || "${},#\u007f".includes(c)) return false;
  return true;
}
