import { tableTypeByName } from "../reference/table-type.ts";
import { tableSourceSyntax } from "../syntax/value/table-reference.ts";
import { effectiveValue } from "./effective.ts";
import type { LoadedTable, MailServer } from "./mail-server.ts";

/** The files of which it matters when they were written and who may read them. None in a copy: copying made both anew. */
export function statusPaths(server: MailServer): readonly string[] {
  if (server.isCopy) return [];
  const tables = [...server.tables.values()].flatMap((table) => {
    const index = indexPath(table);
    return [...(table.path === null ? [] : [table.path]), ...(index === null ? [] : [index])];
  });
  return [...new Set([...tables, ...clientFiles(server), ...keyFiles(server)])];
}

/** The database that postmap(1) makes of a table's text and that Postfix reads; null for tables that are read as they are. */
export function indexPath({ type, path }: LoadedTable): string | null {
  const suffix = tableTypeByName(type)?.indexSuffix ?? null;
  // Two suffixes are two files, written together.
  return suffix === null || path === null ? null : `${path}${suffix.split(" ", 1)[0] ?? ""}`;
}

/** What says how to log in at a database. */
export function clientFiles(server: MailServer): readonly string[] {
  return [...server.tables.values()]
    .filter(({ type, name }) => tableSourceSyntax(type) === "client" && name.startsWith("/"))
    .map(({ name }) => name);
}

const KEYS = ["smtpd", "smtp", "lmtp"].flatMap((program) =>
  ["key_file", "dkey_file", "eckey_file"].map((suffix) => `${program}_tls_${suffix}`),
);

/** Private keys of certificates. */
export function keyFiles(server: MailServer): readonly string[] {
  const services = [null, ...(server.master?.tree.services ?? []).filter(({ overrides }) => overrides.length > 0)];
  const named = services.flatMap((service) => KEYS.map((name) => effectiveValue(server, name, service).expanded ?? ""));
  return [...new Set(named)].filter((path) => path.startsWith("/"));
}
