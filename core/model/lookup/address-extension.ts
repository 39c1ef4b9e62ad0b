import { parseBoolean } from "../../syntax/value/boolean.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { effectiveValue } from "../effective.ts";
import type { LookupContext } from "./look-up.ts";

/**
 * An address or local part without its extension (`user+ext@domain` → `user@domain`), or null if it has none: split at the first
 * character of `recipient_delimiter`, with the exceptions of split_addr() of Postfix (postmaster, mailer-daemon, double-bounce, and with
 * `-` the owner- and -request addresses of lists).
 */
export function withoutExtension(context: LookupContext, address: string): string | null {
  const delimiters = valueOf(context, "recipient_delimiter");
  if (delimiters === "") return null;
  const at = address.lastIndexOf("@");
  const local = at === -1 ? address : address.slice(0, at);
  const lower = lowerAscii(local);
  const whole = ["postmaster", "mailer-daemon", lowerAscii(valueOf(context, "double_bounce_sender"))];
  if (whole.includes(lower)) return null;
  if (delimiters.includes("-") && parseBoolean(valueOf(context, "owner_request_special")) !== false) {
    if (lower.startsWith("owner-") || (lower.length > 8 && lower.endsWith("-request"))) return null;
  }
  let split = 0;
  while (split < local.length && !delimiters.includes(local.charAt(split))) split += 1;
  if (split === 0 || split === local.length) return null;
  return local.slice(0, split) + (at === -1 ? "" : address.slice(at));
}

function valueOf(context: LookupContext, parameter: string): string {
  return effectiveValue(context.server, parameter, context.service).expanded ?? "";
}
