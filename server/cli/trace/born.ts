import type { Mail } from "@postmaster/core/trace/mail.ts";
import type { Trace } from "@postmaster/core/trace/trace.ts";

/** Whether Postfix itself made this mail, of another or about another: then nobody sent it here. */
export function isBorn(mail: Mail, { links }: Trace): boolean {
  return links.some(({ to, kind }) => to === mail && (kind === "forwarded as" || kind === "notification"));
}
