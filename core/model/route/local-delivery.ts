import { type AliasTarget, aliasTargets } from "../../syntax/aliases/alias-targets.ts";
import { parseBoolean } from "../../syntax/value/boolean.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { effectiveValue } from "../effective.ts";
import { withoutExtension } from "../lookup/address-extension.ts";
import { findInMaps, mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { askedFor } from "../lookup/without-groups.ts";
import { byEntry, type Decision, type PlacedValue, type Undecided, undecidedLookup, valueOf } from "./decision.ts";
import { type ForwardFile, findForwardFile, type RouteContext } from "./forward-file.ts";
import { expandForUser, type LocalName } from "./local-expand.ts";
import { accountOf, type UserAccount } from "./user-account.ts";

/** What local(8) does with a mail for a user of this machine. */
export type LocalDelivery = AliasDelivery | UserDelivery | Undecided;

export interface AliasDelivery {
  readonly kind: "alias";
  readonly name: string;
  readonly targets: readonly AliasTarget[];
  /** `+extension` if the alias was found without it. */
  readonly unmatched: string;
  /** The alias `owner-name`, if there is one. */
  readonly owner: string | null;
  readonly decision: Decision;
}

/** For whom there is no alias. */
export interface UserDelivery {
  readonly kind: "user";
  readonly name: LocalName;
  readonly account: UserAccount;
  readonly forward: ForwardFile;
  /** What becomes of it if no `.forward` file says otherwise; null if there is no such user and nothing takes it before that matters. */
  readonly mailbox: UserMailbox | Undecided | null;
  /** What becomes of it if the machine has no such user; null if it has, or that does not matter. */
  readonly otherwise: UnknownUser | Undecided | null;
}

/** `passed`: on to a transport, whether or not there is such a user. `mailbox`: `value` is what the setting says; empty: the system's mail spool. */
export type UserMailbox =
  | { readonly kind: "passed"; readonly value: string; readonly decision: Decision }
  | { readonly kind: "mailbox"; readonly value: string; readonly decision: Decision };

export type UnknownUser =
  | { readonly kind: "passed"; readonly value: string; readonly decision: Decision }
  /** luser_relay: to the address `value`. */
  | { readonly kind: "relay"; readonly value: string; readonly decision: Decision }
  /** Reported as delivered: `postmaster` and `mailer-daemon` without an alias. */
  | { readonly kind: "discarded" }
  | { readonly kind: "bounces"; readonly reason: string };

/** In the order in which local(8) asks once no alias and no `.forward` is left: for each a table by user first, if it has one. */
const MAILBOX_SETTINGS = [
  { table: "mailbox_transport_maps", setting: "mailbox_transport", kind: "passed" },
  { table: "mailbox_command_maps", setting: "mailbox_command", kind: "mailbox" },
  { table: null, setting: "home_mailbox", kind: "mailbox" },
  { table: null, setting: "mail_spool_directory", kind: "mailbox" },
] as const;

/**
 * What becomes of a recipient that local(8) gets.
 * @param isUser it is no alias, or its own: aliases are not asked
 */
export async function localDelivery(context: RouteContext, recipient: string, isUser: boolean): Promise<LocalDelivery> {
  const name = localName(context, recipient);
  const alias = isUser ? null : await findAlias(context, name.local);
  if (alias !== null) return alias;
  const account = await accountOf(context, name.user);
  const forward = await findForwardFile(context, name, account);
  const mailbox = await mailboxOf(context, name.user);
  const isPassed = mailbox.kind === "passed" || mailbox.kind === "failed" || mailbox.kind === "unknown";
  return {
    kind: "user",
    name,
    account,
    forward,
    mailbox: isPassed || account !== "none" ? mailbox : null,
    otherwise: isPassed || typeof account !== "string" ? null : await unknownUser(context, name),
  };
}

export function localName(context: LookupContext, recipient: string): LocalName {
  const local = lowerAscii(recipient.slice(0, recipient.lastIndexOf("@")));
  const user = withoutExtension(context, local) ?? local;
  return {
    recipient,
    local,
    user,
    extension: local.slice(user.length + 1),
    delimiter: local.charAt(user.length),
  };
}

async function mailboxOf(context: LookupContext, user: string): Promise<UserMailbox | Undecided> {
  for (const { table, setting, kind } of MAILBOX_SETTINGS) {
    const found = await byUser(context, table, setting, user);
    if (found === null) continue;
    if ("kind" in found) return found;
    return { kind, value: found.text, decision: found.decision };
  }
  return { kind: "mailbox", value: "", decision: valueOf(context, "mail_spool_directory").decision };
}

async function unknownUser(context: LookupContext, name: LocalName): Promise<UnknownUser | Undecided> {
  const passed = await byUser(context, "fallback_transport_maps", "fallback_transport", name.user);
  if (passed !== null) {
    return "kind" in passed ? passed : { kind: "passed", value: passed.text, decision: passed.decision };
  }
  // Its names are not parameters' but the recipient's.
  const relay = effectiveValue(context.server, "luser_relay", context.service).raw ?? "";
  if (relay !== "") {
    const expanded = expandForUser(relay, name, null, null);
    const { decision } = valueOf(context, "luser_relay");
    return { kind: "relay", value: expanded?.text ?? relay, decision };
  }
  if (name.user === "postmaster" || name.user === "mailer-daemon") return { kind: "discarded" };
  return userUnknown(name);
}

export function userUnknown({ user }: LocalName): UnknownUser {
  return { kind: "bounces", reason: `unknown user: "${user}"` };
}

/** What a table says of a user, else a setting for all; null: neither says anything. */
async function byUser(
  context: LookupContext,
  table: string | null,
  setting: string,
  user: string,
): Promise<PlacedValue | Undecided | null> {
  if (table !== null) {
    const own = await findInMaps(askedFor(context, table), mapsOf(context, table), { key: user, partial: false });
    if (own.kind === "failed" || own.kind === "unknown") return undecidedLookup(table, own);
    if (own.kind === "found") return { text: own.value, decision: byEntry(table, own.place) };
  }
  const { text, decision } = valueOf(context, setting);
  // Its names are the shell's.
  const said =
    setting === "mailbox_command" ? (effectiveValue(context.server, setting, context.service).raw ?? "") : text;
  return said === "" ? null : { text: said, decision };
}

/**
 * What alias_maps say of a local part, else of the same without its extension; null: nothing.
 * @param parent the alias or user just expanded, in lower case: it is not looked for again
 */
export async function findAlias(
  context: LookupContext,
  local: string,
  parent: string | null = null,
): Promise<AliasDelivery | Undecided | null> {
  const bare = withoutExtension(context, local);
  const tables = mapsOf(context, "alias_maps");
  for (const name of bare === null ? [local] : [local, bare]) {
    if (lowerAscii(name) === parent) continue;
    const result = await findInMaps(askedFor(context, "alias_maps"), tables, { key: name, partial: false });
    if (result.kind === "failed" || result.kind === "unknown") return undecidedLookup("alias_maps", result);
    if (result.kind === "found") {
      return {
        kind: "alias",
        name,
        targets: aliasTargets(result.value),
        unmatched: local.slice(name.length),
        owner: await ownerOf(context, tables, name),
        decision: byEntry("alias_maps", result.place),
      };
    }
  }
  return null;
}

async function ownerOf(context: LookupContext, tables: readonly string[], name: string): Promise<string | null> {
  if (parseBoolean(valueOf(context, "owner_request_special").text) === false) return null;
  const owner = await findInMaps(askedFor(context, "alias_maps"), tables, { key: `owner-${name}`, partial: false });
  return owner.kind === "found" ? `owner-${name}` : null;
}
