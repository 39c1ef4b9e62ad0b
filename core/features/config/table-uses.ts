import { oncePer } from "../../memory/remember.ts";
import { resolveConfigurationPath } from "../../model/configuration-paths.ts";
import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { parseRestrictionList } from "../../syntax/value/restriction-list.ts";
import { tableSourceSyntax } from "../../syntax/value/table-reference.ts";
import { type TableMention, tableMentions } from "./table-mentions.ts";
import { valueUse } from "./value-use.ts";
import { type WrittenValue, writtenValues } from "./written-values.ts";

/** One place of the configuration that names a table. */
export interface TableUse {
  readonly mention: TableMention;
  readonly where: WrittenValue;
  /** Where the table's file lies here; null for tables without one and for those outside an opened copy. */
  readonly path: string | null;
  /** The restriction that consults it, as written (`check_sender_access`), or null. */
  readonly restriction: string | null;
}

/** What the right-hand sides of a table mean. */
export type TableRole = "access" | "postscreen" | "checks" | "transport" | "other";

/** The file of a mention; see `TableUse.path`. */
export function tablePath(
  server: MailServer,
  mention: Pick<TableMention, "type" | "name">,
  where: WrittenValue,
): string | null {
  if (tableSourceSyntax(mention.type) === null) return null;
  const name = expandIn(server, where.service, mention.name);
  return name === null || name === "" ? null : resolveConfigurationPath(server.directory, server.isCopy, name);
}

/** The tables one value names. */
export function usesIn(server: MailServer, where: WrittenValue): readonly TableUse[] {
  const mentions = tableMentions(where.value);
  if (mentions.length === 0) return [];
  const items = valueUse(server, where.parameter) === "restrictions" ? parseRestrictionList(where.value).items : [];
  return mentions.map((mention) => {
    const item = items.find(
      ({ argument }) => argument !== null && argument.from <= mention.from && mention.from < argument.to,
    );
    const restriction = item?.kind === "restriction" ? item.name : null;
    return { mention, where, path: tablePath(server, mention, where), restriction };
  });
}

/** All places that name a table, main.cf first. Found once a server. */
export const tableUses = oncePer((server: MailServer): readonly TableUse[] =>
  writtenValues(server).flatMap((where) => usesIn(server, where)),
);

export function usesOfPath(server: MailServer, path: string): readonly TableUse[] {
  return tableUses(server).filter((use) => use.path === path);
}

/** The use of a table that stands at an offset of a file, or that the cursor touches the end of; null if none does. */
export function useAt(server: MailServer, path: string, offset: number): TableUse | null {
  const isThere = ({ mention: { span }, where }: TableUse): boolean =>
    where.file.path === path && span.start <= offset && offset <= span.end;
  return tableUses(server).find(isThere) ?? null;
}

/** What the table of a path is for: by its uses, without any by its name. */
export function roleOf(uses: readonly TableUse[], path: string): TableRole {
  const [first] = uses;
  if (first === undefined) return roleByName(baseName(path));
  if (first.restriction !== null) return "access";
  const { parameter } = first.where;
  if (parameter === "postscreen_access_list") return "postscreen";
  if (parameter.endsWith("header_checks") || parameter.endsWith("body_checks")) return "checks";
  if (parameter.endsWith("transport_maps")) return "transport";
  return parameter.startsWith("smtpd_") && parameter.endsWith("_restrictions") ? "access" : "other";
}

function roleByName(name: string): TableRole {
  if (name.includes("postscreen")) return "postscreen";
  if (name.includes("_checks")) return "checks";
  if (name.includes("access")) return "access";
  return name.startsWith("transport") ? "transport" : "other";
}
