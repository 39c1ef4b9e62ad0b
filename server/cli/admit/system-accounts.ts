import { readFile } from "node:fs/promises";
import type { LookupContext } from "@postmaster/core/model/lookup/look-up.ts";
import { type LookupResult, NOT_FOUND, tablePlace } from "@postmaster/core/model/lookup/lookup-result.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";

const ACCOUNTS = "unix:passwd.byname";

/**
 * Answers for the system's own accounts, the default of local_recipient_maps, if the configuration is that of this machine. Where accounts
 * come from elsewhere too (nsswitch.conf(5)), a name that /etc/passwd lacks stays unknown.
 */
export async function systemAccounts(server: MailServer): Promise<LookupContext["answerFor"]> {
  if (server.isCopy) return () => null;
  const [passwd, sources] = await Promise.all([textOf("/etc/passwd"), textOf("/etc/nsswitch.conf")]);
  const accounts = new Map(passwd.split("\n").map((line) => [line.slice(0, Math.max(0, line.indexOf(":"))), line]));
  const others = (/^passwd:(.*)$/m.exec(sources)?.[1] ?? "files").split(/\s+/).filter((word) => !LOCAL.has(word));
  return (table, key): LookupResult | null => {
    if (table !== ACCOUNTS || passwd === "") return null;
    const line = accounts.get(key.toLowerCase());
    if (line !== undefined) return { kind: "found", value: line, place: tablePlace(table) };
    return others.length === 0 ? NOT_FOUND : null;
  };
}

/** Sources that add no users to /etc/passwd. */
const LOCAL = new Set(["", "files", "compat", "systemd"]);

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
