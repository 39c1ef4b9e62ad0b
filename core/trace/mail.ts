import type { Step } from "./step.ts";

/** One queue file from its first line to its last: all lines with its queue id, and no other mail's. */
export interface Mail {
  readonly host: string | null;
  readonly queueId: string;
  /** In the order of the log; at least one. */
  readonly steps: readonly Step[];
  /** The SMTP session it came in; null where it came another way or the line that tells is missing. */
  readonly session: SmtpSession | null;
}

/**
 * One client connected to one smtpd(8) process. What has no queue id (`NOQUEUE`) belongs to the session it happened in: the same process
 * id, between `connect from` and `disconnect from`.
 */
export interface SmtpSession {
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  /** Null where the log begins within the session. */
  readonly connect: Step | null;
  /** Null where the log ends within the session. */
  readonly disconnect: Step | null;
  /** The NOQUEUE lines. */
  readonly refusals: readonly Step[];
}

/** The moment of a mail's first line; null where the log has no times. */
export function beginOf(mail: Mail): number | null {
  return mail.steps[0]?.place.ms ?? null;
}

/** The moment of its last line. */
export function endOf(mail: Mail): number | null {
  return mail.steps.at(-1)?.place.ms ?? null;
}

/** As logged by cleanup(8), brackets included; null where that line is missing. */
export function messageIdOf(mail: Mail): string | null {
  for (const { said } of mail.steps) if (said.kind === "message-id") return said.messageId;
  return null;
}
