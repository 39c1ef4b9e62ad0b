import { baseName, parentOf } from "../../model/paths.ts";
import { tableConfigKeys } from "../../reference/table-type.ts";
import type { ConfigContext } from "./context.ts";
import { usesOfPath } from "./table-uses.ts";

const TYPES: readonly string[] = [...new Set(tableConfigKeys.map(({ table }) => table))];

/** The database types whose client file a document may be: as the configuration names it, else by its name and folder, else all. */
export function clientTypes({ document, server }: ConfigContext): readonly string[] {
  const { path } = document.file;
  const used = usesOfPath(server, path).map(({ mention }) => mention.type);
  const known = TYPES.filter((type) => used.includes(type));
  if (known.length > 0) return known;
  const name = `${baseName(parentOf(path))}/${baseName(path)}`.toLowerCase();
  const named = TYPES.filter((type) => name.includes(type));
  return named.length > 0 ? named : TYPES;
}
