import type { LoadedTable } from "../model/mail-server.ts";
import type { AfterStep } from "./fix-offer.ts";

/** Types that postmap(1) compiles; the others are read as they are. */
const COMPILED = new Set(["hash", "btree", "lmdb", "cdb", "dbm", "sdbm"]);

/** What makes Postfix see another content of a table. */
export function tableSteps(table: LoadedTable): readonly AfterStep[] {
  if (!COMPILED.has(table.type)) return [{ kind: "reload" }];
  return [{ kind: "postmap", table: table.spec }, { kind: "reload" }];
}
