import { effectiveValue, expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { effectiveDefinition } from "../../syntax/main-cf/parse-main-cf.ts";
import { isSecretSetting } from "../../syntax/table/parse-client-config.ts";
import { trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { truncate } from "../../text/truncate.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { ConfigContext } from "./context.ts";
import { oneLine } from "./effective-markdown.ts";
import { mainValues, masterValues, type WrittenValue } from "./written-values.ts";

/**
 * - `values`: what a value with `$names` comes to
 * - `duplicates`: which of several definitions of a name counts
 * - `overrides`: which services see another value
 */
export type HintKind = "values" | "duplicates" | "overrides";

/** A few words shown behind a place of the text. */
export interface Hint {
  /** Offset. */
  readonly at: number;
  readonly text: string;
  readonly kind: HintKind;
}

const LONGEST = 60;
const MOST_SERVICES = 3;

/** What a range of main.cf or master.cf does not say itself, of the kinds wanted. Secrets are never shown. */
export function inlayHints(
  { document, server }: ConfigContext,
  range: Span,
  kinds: ReadonlySet<HintKind>,
): readonly Hint[] {
  if (document.kind === "main") {
    const overrides = kinds.has("overrides") ? overridesByName(server) : new Map<string, readonly WrittenValue[]>();
    return mainValues(server).flatMap((where) => {
      const at = trimmedEnd(document.tree.text, where.span.start, where.span.end);
      if (at < range.start || where.span.start > range.end) return [];
      const loser = kinds.has("duplicates") ? duplicateHint(server, where, at) : null;
      if (loser !== null) return [loser];
      const value = kinds.has("values") ? valueHint(server, where, at) : null;
      const others = overrideHint(overrides.get(where.parameter) ?? [], at);
      return [...(value === null ? [] : [value]), ...(others === null ? [] : [others])];
    });
  }
  if (document.kind !== "master" || !kinds.has("values")) return [];
  return masterValues(server).flatMap((where) => {
    if (where.span.end < range.start || where.span.start > range.end) return [];
    const hint = valueHint(server, where, where.span.end);
    return hint === null ? [] : [hint];
  });
}

function valueHint(server: MailServer, { parameter, value, service }: WrittenValue, at: number): Hint | null {
  if (!value.text.includes("$") || isSecretSetting(parameter)) return null;
  const expanded = expandIn(server, service, value.text);
  if (expanded === null || expanded === value.text) return null;
  const text = oneLine(expanded);
  return { at, text: `= ${text === "" ? "empty" : shown(text)}`, kind: "values" };
}

function duplicateHint({ main }: MailServer, { parameter, nameSpan }: WrittenValue, at: number): Hint | null {
  const winner = effectiveDefinition(main.tree, parameter);
  if (winner === null || winner.nameSpan.start === nameSpan.start) return null;
  return { at, text: `without effect: line ${winner.line} counts`, kind: "duplicates" };
}

function overrideHint(overrides: readonly WrittenValue[], at: number): Hint | null {
  if (overrides.length === 0) return null;
  const shownOnes = overrides.slice(0, MOST_SERVICES).map(({ service, parameter, value }) => {
    const text = isSecretSetting(parameter) ? "…" : value.text === "" ? "empty" : shown(oneLine(value.text));
    return `${shown(service?.name ?? "")}: ${text}`;
  });
  const more = overrides.length - shownOnes.length;
  return { at, text: `${shownOnes.join(", ")}${more === 0 ? "" : `, ${more} more`}`, kind: "overrides" };
}

/** The `-o` of each name that say something else than main.cf, one a service. */
function overridesByName(server: MailServer): ReadonlyMap<string, readonly WrittenValue[]> {
  const found = new Map<string, Map<string, WrittenValue>>();
  for (const where of masterValues(server)) {
    const key = `${where.service?.name ?? ""} ${where.service?.type ?? ""}`;
    const own = found.get(where.parameter) ?? new Map<string, WrittenValue>();
    found.set(where.parameter, own.set(key, where));
  }
  return new Map(
    [...found].map(([name, byService]) => {
      const main = effectiveValue(server, name).raw;
      return [name, [...byService.values()].filter(({ value }) => value.text !== main)];
    }),
  );
}

function shown(text: string): string {
  return visibleText(truncate(text, LONGEST));
}
