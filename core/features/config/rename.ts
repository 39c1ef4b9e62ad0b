import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { daemons } from "../../reference/daemon.ts";
import { allParameters, parameterByName } from "../../reference/parameter.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import type { Span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import type { ConfigContext } from "./context.ts";
import { placesOf } from "./navigation.ts";
import { isOwnName, isServiceCode, type SymbolAt } from "./symbol.ts";
import { symbolAtOffset } from "./symbols-in-file.ts";
import { isNameCode } from "./value-place.ts";

/** A name that may be changed, or in plain words why it may not. */
export type Renamable =
  | { readonly ok: true; readonly name: string; readonly span: Span }
  | { readonly ok: false; readonly reason: string };

export type Renamed =
  | { readonly ok: true; readonly files: readonly { readonly file: SourceFile; readonly edits: readonly TextEdit[] }[] }
  | { readonly ok: false; readonly reason: string };

/** Services that Postfix itself asks for by name; their names are Postfix's. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...daemons.flatMap(({ name, services }) => [name, ...services]),
  ...allParameters()
    .filter(({ kind }) => kind === "service_name" || kind === "transport_nexthop")
    .flatMap(({ default: standard }) => standard?.split(":")[0] ?? []),
]);

/** Whether what stands at an offset may be renamed: a parameter of the owner's own, a restriction class, a service. */
export function prepareRename({ document, server }: ConfigContext, offset: number): Renamable {
  const found = symbolAtOffset(server, document, offset);
  const refusal = found === null ? "There is no name here that could be changed." : refusalOf(server, found);
  if (found === null || refusal !== null) return { ok: false, reason: refusal ?? "" };
  return { ok: true, name: found.symbol.name, span: found.span };
}

function refusalOf(server: MailServer, { symbol: { kind, name } }: SymbolAt): string | null {
  switch (kind) {
    case "parameter":
      if (parameterByName(name) !== null) return `${name} is a parameter of Postfix: its name is not yours to change.`;
      return isOwnName(server, name) ? null : `${name} is defined nowhere.`;
    case "restriction":
      return `${name} is a restriction of Postfix: its name is not yours to change.`;
    case "service": {
      const services = server.master?.tree.services.filter((service) => service.name === name) ?? [];
      if (services.length === 0) return `master.cf has no service ${name}.`;
      if (services.some(({ type }) => type === "inet")) return `${name} is a port: another name would be another port.`;
      return BUILT_IN.has(name) ? `Postfix asks for ${name} by this name.` : null;
    }
    case "table":
      return "A table's name is that of its file: rename the file first.";
    case "table-type":
      return `${name} is a table type of Postfix.`;
    default:
      return kind satisfies never;
  }
}

/** Gives what stands at an offset another name, wherever main.cf, master.cf and the tables name it. */
export function rename(context: ConfigContext, offset: number, newName: string): Renamed {
  const { document, server } = context;
  const prepared = prepareRename(context, offset);
  const symbol = symbolAtOffset(server, document, offset)?.symbol;
  if (!prepared.ok || symbol === undefined) return { ok: false, reason: prepared.ok ? "" : prepared.reason };
  const objection = objectionTo(server, symbol.kind === "service", newName);
  if (objection !== null) return { ok: false, reason: objection };
  const files = new Map<string, { file: SourceFile; edits: TextEdit[] }>();
  for (const { file, span } of placesOf(server, symbol, true)) {
    if (file === null) continue;
    if (file.encoding === "bytes")
      return { ok: false, reason: `${file.path} is not valid UTF-8, and an editor would spoil it.` };
    const entry = files.get(file.path) ?? { file, edits: [] };
    files.set(file.path, entry);
    entry.edits.push({ span, newText: newName });
  }
  return { ok: true, files: [...files.values()] };
}

/** Why a name cannot be taken; null if it can. */
function objectionTo(server: MailServer, isService: boolean, name: string): string | null {
  const isAllowed = isService ? isServiceCode : isNameCode;
  for (let at = 0; at < name.length; at += 1) {
    if (!isAllowed(name.charCodeAt(at))) {
      return isService
        ? "A service's name here is made of letters, digits, `_`, `-` and `.`."
        : "A name is made of letters, digits and `_`.";
    }
  }
  if (name === "") return "A name is needed.";
  if (isService) {
    const isTaken =
      BUILT_IN.has(name) || server.master?.tree.services.some((service) => service.name === name) === true;
    return isTaken ? `There is a service ${name} already.` : null;
  }
  if (parameterByName(name) !== null) return `${name} is a parameter of Postfix.`;
  if (restrictionByName(name) !== null) return `${name} is a restriction of Postfix.`;
  return server.main.tree.definitions.some((one) => one.name === name) ? `${name} is defined already.` : null;
}
