import type { SourceFile } from "../io/file-port.ts";
import type { JoinedText } from "../syntax/lines/joined-text.ts";
import { type Definition, effectiveDefinition } from "../syntax/main-cf/parse-main-cf.ts";
import { effectiveOverride, type MasterService, type Override } from "../syntax/master-cf/parse-master-cf.ts";
import { expandAgain } from "../syntax/value/expand-again.ts";
import type { Span } from "../text/span.ts";
import type { MailServer } from "./mail-server.ts";

/** Where a value is written: the last definition in main.cf, or a service's `-o`. */
export type ValueOwner =
  | { readonly kind: "main"; readonly file: SourceFile; readonly definition: Definition }
  | {
      readonly kind: "override";
      readonly file: SourceFile;
      readonly service: MasterService;
      readonly override: Override;
    };

export interface EffectiveValue {
  readonly name: string;
  /** As written, unexpanded; the default if it is written nowhere; null if Postfix has no such parameter and nobody defined it. */
  readonly raw: string | null;
  /** With every `$name` replaced; null if there is no value, or one that Postfix cannot expand. */
  readonly expanded: string | null;
  /** Null: the built-in default, or nothing. */
  readonly owner: ValueOwner | null;
}

/** The value one service sees, or every service without an override of its own (`service` null). */
export function effectiveValue(server: MailServer, name: string, service: MasterService | null = null): EffectiveValue {
  const owner = ownerOf(server, name, service);
  const raw = owner === null ? (name === "mydomain" ? "$mydomain" : server.defaultOf(name)) : ownText(owner).text;
  if (raw === null) return { name, raw: null, expanded: null, owner };
  return { name, raw, expanded: expandIn(server, service, raw), owner };
}

/** Text of main.cf or master.cf as a service sees it, or null if Postfix cannot expand it. */
export function expandIn(server: MailServer, service: MasterService | null, text: string): string | null {
  // Most are plain, and all of a configuration are expanded after each keystroke.
  if (!text.includes("$")) return text;
  const result = expandAgain(text, (name) => lookup(server, service, name));
  return result.ok ? result.text : null;
}

function lookup(server: MailServer, service: MasterService | null, name: string): string | null {
  const written = writtenText(server, name, service);
  if (written !== null) return written;
  // Postfix sets it to where it found main.cf. In a copy the default stays: commands are for the server, not for the copy.
  if (name === "config_directory" && !server.isCopy) return server.directory;
  if (name === "mydomain") return domainOfHost(server, service);
  return server.defaultOf(name);
}

/** The built-in default of `mydomain`: `myhostname` without its first label. */
function domainOfHost(server: MailServer, service: MasterService | null): string | null {
  const host = effectiveValue(server, "myhostname", service).expanded;
  if (host === null || host === "") return null;
  const dot = host.indexOf(".");
  return dot === -1 ? "localdomain" : host.slice(dot + 1);
}

export function ownerOf(server: MailServer, name: string, service: MasterService | null): ValueOwner | null {
  if (service !== null && server.master !== null) {
    const override = effectiveOverride(service, name);
    if (override !== null) return { kind: "override", file: server.master.file, service, override };
  }
  const definition = effectiveDefinition(server.main.tree, name);
  return definition === null ? null : { kind: "main", file: server.main.file, definition };
}

/** The text of `ownerOf`, for those who do not ask where it stands; null if it is written nowhere. */
export function writtenText(server: MailServer, name: string, service: MasterService | null): string | null {
  const override = service === null || server.master === null ? null : effectiveOverride(service, name);
  return (override ?? effectiveDefinition(server.main.tree, name))?.valueText.text ?? null;
}

/** The value as written there, with its places in the file. */
export function ownText(owner: ValueOwner): JoinedText {
  return owner.kind === "main" ? owner.definition.valueText : owner.override.valueText;
}

/** From its name to the end of its value, in the owner's file. */
export function ownerSpan(owner: ValueOwner): Span {
  if (owner.kind === "override") return owner.override.span;
  const { nameSpan, valueSpan } = owner.definition;
  return { start: nameSpan.start, end: Math.max(nameSpan.end, valueSpan.end) };
}

export function ownerName(owner: ValueOwner): string {
  return owner.kind === "main" ? owner.definition.name : owner.override.name;
}

/** Two owners are the same text in the same file. */
export function sameOwner(a: ValueOwner, b: ValueOwner): boolean {
  if (a.file.path !== b.file.path) return false;
  return ownText(a).origin === ownText(b).origin && ownerSpanStart(a) === ownerSpanStart(b);
}

function ownerSpanStart(owner: ValueOwner): number {
  return owner.kind === "main" ? owner.definition.nameSpan.start : owner.override.span.start;
}
