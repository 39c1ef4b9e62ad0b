import { isRestrictionList } from "../../model/restrictions.ts";
import type { MainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import { counted } from "../../text/counted.ts";
import { type Span, span } from "../../text/span.ts";
import type { ConfigContext } from "./context.ts";
import { keyCount } from "./key-count.ts";
import { usesOfPath } from "./table-uses.ts";

/** A line of plain words above a place. */
export interface Lens {
  readonly title: string;
  readonly span: Span;
  /** It asks whether a mail would be let in; without it a lens says something and does nothing. */
  readonly asks?: "admission";
}

/** Above a table: who uses it, how many keys it has, and how many of them stand there twice. Above restriction lists: a question. */
export function codeLenses({ document, server }: ConfigContext): readonly Lens[] {
  if (document.kind === "main") return admissionLens(document.tree);
  if (document.kind === "master" || document.kind === "client") return [];
  const uses = usesOfPath(server, document.file.path);
  const restrictions = uses.filter(({ restriction }) => restriction !== null).length;
  const parameters = uses.length - restrictions;
  const users = [
    restrictions === 0 ? "" : counted(restrictions, "restriction"),
    parameters === 0 ? "" : counted(parameters, "parameter"),
  ].filter((text) => text !== "");
  const head = users.length === 0 ? "used by nothing in this configuration" : `used by ${users.join(" and ")}`;
  const at = span(0, 0);
  const lenses: Lens[] = [{ title: `${head}, ${keyCount(document)}`, span: at }];
  const duplicates = document.tree.problems.filter(({ kind }) => kind === "duplicate-key");
  if (duplicates.length > 0) lenses.push({ title: counted(duplicates.length, "duplicate key"), span: at });
  return lenses;
}

/** Above the first restriction list: the lists are walked together. */
function admissionLens({ definitions }: MainCf): readonly Lens[] {
  const list = definitions.find(({ name }) => isRestrictionList(name));
  return list === undefined ? [] : [{ title: "Would this be let in?", span: list.nameSpan, asks: "admission" }];
}
