/** One SMTP session with one recipient, as somebody asks about it. */
export interface AdmissionSession {
  /** IPv4 or IPv6, without brackets. */
  readonly clientAddress: string;
  /** The client's verified name, `unknown` if it has none; null: not told. */
  readonly clientName: string | null;
  /** The name its address points to, verified or not, `unknown` if there is none; null: not told. */
  readonly reverseName: string | null;
  /** Null: the client said neither HELO nor EHLO. */
  readonly helo: string | null;
  /** Empty for `<>`. */
  readonly sender: string;
  readonly recipient: string;
  /** The login, null without one. */
  readonly login: string | null;
  readonly tls: boolean;
}

/** How far the conversation is: what is not said yet cannot be checked. */
export type Stage = "connect" | "helo" | "mail" | "rcpt" | "data" | "end-of-data";

/** What smtpd knows at a stage. */
export function saidUntil(session: AdmissionSession, stage: Stage): Said {
  const at = STAGES.indexOf(stage);
  return {
    helo: at >= STAGES.indexOf("helo") ? session.helo : null,
    sender: at >= STAGES.indexOf("mail") ? session.sender : null,
    recipient: at >= STAGES.indexOf("rcpt") ? session.recipient : null,
  };
}

/** Null: not said yet. */
export interface Said {
  readonly helo: string | null;
  readonly sender: string | null;
  readonly recipient: string | null;
}

const STAGES: readonly Stage[] = ["connect", "helo", "mail", "rcpt", "data", "end-of-data"];

/** `name[address]`, as smtpd names a client in its replies. */
export function clientLabel(session: AdmissionSession): string {
  return `${session.clientName ?? "unknown"}[${session.clientAddress}]`;
}
