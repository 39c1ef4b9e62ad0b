import { type AliasTarget, aliasTargets } from "../../syntax/aliases/alias-targets.ts";
import { withoutExtension } from "../lookup/address-extension.ts";
import { findInMaps, mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { byEntry, type Decision, type Undecided, undecidedLookup, valueOf } from "./decision.ts";

/** What local(8) does with a mail for a user of this machine. */
export type LocalDelivery =
  | {
      readonly kind: "alias";
      readonly name: string;
      readonly targets: readonly AliasTarget[];
      readonly decision: Decision;
    }
  /**
   * To the user's mailbox, if there is such a user and no `.forward` file says otherwise: only the machine itself knows. `value` is what the
   * deciding setting says; empty: the system's mail spool.
   */
  | { readonly kind: "mailbox"; readonly user: string; readonly value: string; readonly decision: Decision }
  | Undecided;

/** In the order in which local(8) asks once no alias is left: for each a table by user first, if it has one. */
const MAILBOX_SETTINGS = [
  ["mailbox_transport_maps", "mailbox_transport"],
  ["mailbox_command_maps", "mailbox_command"],
  [null, "home_mailbox"],
  [null, "mail_spool_directory"],
] as const;

/**
 * What becomes of a recipient that local(8) gets.
 * @param isUser it is no alias, or its own: aliases are not asked
 */
export async function localDelivery(
  context: LookupContext,
  recipient: string,
  isUser: boolean,
): Promise<LocalDelivery> {
  const local = recipient.slice(0, recipient.lastIndexOf("@"));
  const bare = withoutExtension(context, local);
  const alias = isUser ? null : await findAlias(context, local);
  if (alias !== null) return alias;
  const user = (bare ?? local).toLowerCase();
  for (const [table, setting] of MAILBOX_SETTINGS) {
    if (table !== null) {
      const own = await findInMaps(context, mapsOf(context, table), { key: user, partial: false });
      if (own.kind === "failed" || own.kind === "unknown") return undecidedLookup(table, own);
      if (own.kind === "found") return { kind: "mailbox", user, value: own.value, decision: byEntry(table, own.place) };
    }
    const { text, decision } = valueOf(context, setting);
    if (text !== "") return { kind: "mailbox", user, value: text, decision };
  }
  return { kind: "mailbox", user, value: "", decision: valueOf(context, "mail_spool_directory").decision };
}

/** What alias_maps say of a local part, else of the same without its extension; null: nothing. */
export async function findAlias(
  context: LookupContext,
  local: string,
): Promise<Extract<LocalDelivery, { readonly kind: "alias" }> | Undecided | null> {
  const bare = withoutExtension(context, local);
  const tables = mapsOf(context, "alias_maps");
  for (const name of bare === null ? [local] : [local, bare]) {
    const result = await findInMaps(context, tables, { key: name, partial: false });
    if (result.kind === "failed" || result.kind === "unknown") return undecidedLookup("alias_maps", result);
    if (result.kind === "found") {
      return {
        kind: "alias",
        name,
        targets: aliasTargets(result.value),
        decision: byEntry("alias_maps", result.place),
      };
    }
  }
  return null;
}
