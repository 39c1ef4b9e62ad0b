import { accessEffect } from "../../model/admission/access-action.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import type { RestrictionStep } from "../../model/restrictions.ts";

/** What the client says of itself, and may say of itself what it likes. */
const SAID_BY_CLIENT: ReadonlySet<string> = new Set(["check_helo_access", "check_ehlo_access", "check_sender_access"]);
/** What a stranger cannot choose freely, or what decides where the mail goes: only a rule for everyone counts. */
const NOT_CHOSEN: ReadonlySet<string> = new Set(["check_client_access", "check_recipient_access"]);
/** Patterns that every text matches. */
const EVERYTHING: ReadonlySet<string> = new Set([
  "",
  ".",
  "^",
  "$",
  ".*",
  ".+",
  "^.",
  "^.*",
  "^.*$",
  "^.+$",
  "^.+",
  "(.*)",
  "^(.*)$",
]);

/** Whether a step permits any stranger who wishes it: unconditionally, or by a table in which a name that anybody may claim has an OK. */
export function permitsAnyone(server: MailServer, { name, argument, table }: RestrictionStep): boolean {
  if (name === "permit") return true;
  const isSaid = SAID_BY_CLIENT.has(name);
  if (!isSaid && !NOT_CHOSEN.has(name)) return false;
  if (argument?.startsWith("static:") === true) return isOk(argument.slice("static:".length));
  const loaded = table === null ? undefined : server.tables.get(table);
  return loaded !== undefined && (isSaid ? hasOk(loaded) : isOkForAll(loaded));
}

/** Whether any key of the table is answered with OK. */
function hasOk({ content }: LoadedTable): boolean {
  switch (content.kind) {
    case "indexed":
      return content.tree.rules.some(({ value }) => isOk(value));
    case "inline":
      return content.entries.some(({ value }) => isOk(value));
    case "pattern":
      return content.tree.rules.some((rule) => rule.kind === "pattern" && isOk(rule.replacement));
    default:
      return false;
  }
}

/** Whether a rule for every text or address says OK; those above it may say otherwise of some. */
function isOkForAll({ content }: LoadedTable): boolean {
  switch (content.kind) {
    case "pattern":
      return content.tree.rules.some(
        (rule) =>
          rule.kind === "pattern" &&
          rule.enclosingIf === null &&
          !rule.negated &&
          EVERYTHING.has(rule.pattern) &&
          isOk(rule.replacement),
      );
    case "cidr":
      return content.tree.rules.some(
        (rule) =>
          rule.kind === "network" &&
          rule.enclosingIf === null &&
          !rule.negated &&
          rule.network.endsWith("/0") &&
          isOk(rule.value),
      );
    default:
      return false;
  }
}

function isOk(action: string): boolean {
  return accessEffect(action) === "permit";
}
