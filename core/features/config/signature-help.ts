import { restrictionByName } from "../../reference/restriction.ts";
import { accessActions, headerBodyChecksActions } from "../../reference/table-action.ts";
import { restrictionArgument } from "../../syntax/value/restriction-list.ts";
import type { ConfigContext } from "./context.ts";
import { rowAt } from "./table-rows.ts";
import { roleOf, usesOfPath } from "./table-uses.ts";
import { valueAt } from "./value-at.ts";
import { wordsBefore } from "./value-place.ts";
import { usesRestrictions } from "./value-use.ts";

/** The form of what the cursor is to fill in. */
export interface Signature {
  /** Such as `check_helo_access type:table`. */
  readonly label: string;
  /** The part of the label that the cursor stands in: UTF-16 offsets. */
  readonly argument: readonly [start: number, end: number];
  /** Safe Markdown. */
  readonly documentation: string;
}

/** For a restriction or an action that takes an argument, while that is being written. */
export function signatureHelp(context: ConfigContext, offset: number): Signature | null {
  const { document } = context;
  if (document.kind === "main" || document.kind === "master") return restrictionSignature(context, offset);
  return document.kind === "client" ? null : actionSignature(context, offset);
}

function restrictionSignature(context: ConfigContext, offset: number): Signature | null {
  const place = valueAt(context, offset);
  if (place === null || !usesRestrictions(context.server, place.parameter)) return null;
  const last = wordsBefore(place.before).at(-1);
  if (last === undefined || (restrictionArgument(last) ?? null) === null) return null;
  const restriction = restrictionByName(last);
  if (restriction === null || restriction.argument === null) return null;
  return signature(restriction.name, restriction.argument, restriction.description);
}

function actionSignature({ document, server }: ConfigContext, offset: number): Signature | null {
  if (document.kind === "main" || document.kind === "master" || document.kind === "client") return null;
  const row = rowAt(document, offset);
  if (row === null || offset <= row.valueSpan.start) return null;
  const text = document.tree.text.slice(row.valueSpan.start, offset);
  const blank = text.search(/\s/);
  if (blank === -1) return null;
  const role = roleOf(usesOfPath(server, document.file.path), document.file.path);
  const actions = role === "access" ? accessActions : role === "checks" ? headerBodyChecksActions : [];
  const action = actions.find(({ name }) => name === text.slice(0, blank).toUpperCase());
  return action === undefined || action.argument === null
    ? null
    : signature(action.name, action.argument, action.description);
}

function signature(name: string, argument: string, documentation: string): Signature {
  return {
    label: `${name} ${argument}`,
    argument: [name.length + 1, name.length + 1 + argument.length],
    documentation,
  };
}
