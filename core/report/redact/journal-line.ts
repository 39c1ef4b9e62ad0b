import { jsonText } from "../../text/json-text.ts";
import type { RedactedLine, Redactor } from "./redactor.ts";

/** Of a journal's many fields those that a log line is read from; all others go. */
const KEPT = [
  "__REALTIME_TIMESTAMP",
  "_SOURCE_REALTIME_TIMESTAMP",
  "PRIORITY",
  "SYSLOG_FACILITY",
  "SYSLOG_IDENTIFIER",
  "SYSLOG_PID",
  "_PID",
] as const;

/** A line of `journalctl -o json`: its message is redacted as a line of its own, behind its tag. */
export function redactJournalLine(
  text: string,
  redactor: Redactor,
  redactLine: (text: string, redactor: Redactor) => RedactedLine,
): RedactedLine {
  const fields = objectOf(text);
  const message = fields["MESSAGE"];
  const tag = fields["SYSLOG_IDENTIFIER"];
  if (typeof message !== "string") return { text: "{}", same: false };
  const head = `${typeof tag === "string" ? tag : "unknown"}[1]: `;
  const redacted = redactLine(head + message.replaceAll(/[\r\n]+/g, " "), redactor);
  const host = fields["_HOSTNAME"];
  const kept = Object.fromEntries(
    KEPT.flatMap((name) => (typeof fields[name] === "string" ? [[name, fields[name]] as const] : [])),
  );
  const shown = {
    ...kept,
    ...(typeof host === "string" ? { _HOSTNAME: redactor.names.host(host) } : {}),
    MESSAGE: redacted.text.slice(redacted.text.indexOf("]: ") + 3),
  };
  return { text: jsonText(shown), same: redacted.same };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
