import type { MailServer } from "../../model/mail-server.ts";
import { isSecretSetting } from "../../syntax/table/parse-client-config.ts";
import { trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { truncate } from "../../text/truncate.ts";
import { visibleText } from "../../text/visible-text.ts";
import { type ConfigPlace, configDocuments } from "./config-documents.ts";
import type { ConfigDocument } from "./context.ts";
import { oneLine } from "./effective-markdown.ts";
import { rowsOf } from "./table-rows.ts";

/** One entry of a file's outline. */
export interface OutlineEntry {
  readonly name: string;
  /** A few plain words: a value, a program. */
  readonly detail: string;
  readonly kind: "parameter" | "service" | "key";
  readonly span: Span;
  /** The name alone. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

/** A table of a million keys has no outline; its first ones are shown. */
const MOST_KEYS = 2000;
const LONGEST = 80;

/** The outline of a configuration file, in its order: parameters; services with their options; keys, capped. */
export function outline(document: ConfigDocument): readonly OutlineEntry[] {
  const { text } = document.file;
  switch (document.kind) {
    case "main":
    case "client":
      return document.tree.definitions.map(({ name, nameSpan, value, span: whole }) => ({
        name: shown(name),
        detail: isSecretSetting(name) ? "" : shown(oneLine(value)),
        kind: "parameter",
        span: withoutBreak(text, whole),
        nameSpan,
        children: [],
      }));
    case "master":
      return document.tree.services.flatMap((service): readonly OutlineEntry[] => {
        const [first] = service.fields;
        if (first === undefined) return [];
        const children = service.overrides.map(
          (one): OutlineEntry => ({
            name: shown(one.name),
            detail: isSecretSetting(one.name) ? "" : shown(oneLine(one.value)),
            kind: "parameter",
            span: one.span,
            nameSpan: one.nameSpan,
            children: [],
          }),
        );
        const detail = shown(`${service.type} ${service.command}`.trim());
        const whole = withoutBreak(text, service.span);
        return [{ name: shown(service.name), detail, kind: "service", span: whole, nameSpan: first.span, children }];
      });
    default:
      return rowsOf(document, MOST_KEYS)
        .filter(({ key }) => key !== "")
        .map(({ key, keySpan, value, span: whole }) => ({
          name: shown(key),
          detail: shown(oneLine(value)),
          kind: "key",
          span: withoutBreak(text, whole),
          nameSpan: keySpan,
          children: [],
        }));
  }
}

export interface WorkspaceEntry {
  readonly name: string;
  readonly kind: OutlineEntry["kind"];
  readonly place: ConfigPlace;
}

/** The entries of a whole configuration whose names hold the query's letters in their order, in any case; keys of tables too. */
export function workspaceEntries(server: MailServer, query: string, most: number): readonly WorkspaceEntry[] {
  const wanted = query.toLowerCase();
  const found: WorkspaceEntry[] = [];
  for (const document of configDocuments(server)) {
    // Nobody looks for nothing in a list of addresses.
    if (wanted === "" && document.kind !== "main" && document.kind !== "master") continue;
    for (const { name, kind, nameSpan } of outline(document)) {
      if (found.length >= most) return found;
      if (!isSubsequence(wanted, name.toLowerCase())) continue;
      found.push({ name, kind, place: { path: document.file.path, file: document.file, span: nameSpan } });
    }
  }
  return found;
}

function isSubsequence(wanted: string, text: string): boolean {
  let at = 0;
  for (const c of wanted) {
    at = text.indexOf(c, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function withoutBreak(text: string, { start, end }: Span): Span {
  return span(start, Math.max(start, trimmedEnd(text, start, end)));
}

function shown(text: string): string {
  return visibleText(truncate(text, LONGEST));
}
