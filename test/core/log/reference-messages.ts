import messages from "@postmaster/core/generated/messages.json" with { type: "json" };
import type { MessageRecord } from "@postmaster/core/log/message-data.ts";
import { SYSTEMS, type System } from "@postmaster/core/log/systems.ts";

/** All records, as they were generated from the files below reference/messages. */
export function referenceMessages(): readonly MessageRecord[] {
  const records: readonly unknown[] = messages;
  if (!records.every(isRecord)) throw new TypeError("messages.json holds something else than messages");
  return records;
}

/** The tag under which a program of a system logs a line of that message. */
export function tagOf({ system = "postfix", programs }: Pick<MessageRecord, "system" | "programs">): string {
  const [program] = programs;
  if (system === "postfix") return `postfix/${program ?? "smtpd"}[1]:`;
  if (system === "dovecot") return `dovecot[1]: ${program ?? "imap"}:`;
  return `${program ?? LOGS_AS[system] ?? system}[1]:`;
}

/** Systems that log under another name than their own. */
const LOGS_AS: Partial<Record<System, string>> = {
  clamav: "clamd",
  "cyrus-sasl": "saslauthd",
  spamassassin: "spamd",
  syslog: "rsyslogd",
};

function isRecord(value: unknown): value is MessageRecord {
  if (typeof value !== "object" || value === null || !("id" in value && "text" in value)) return false;
  if (!("levels" in value && "programs" in value && Array.isArray(value.levels) && Array.isArray(value.programs)))
    return false;
  if ("system" in value && !SYSTEMS.some((system) => system === value.system)) return false;
  const also = "also" in value ? value.also : [];
  return typeof value.id === "string" && typeof value.text === "string" && Array.isArray(also);
}
