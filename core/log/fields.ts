import type { TextMatch } from "./text-line.ts";

/**
 * Where a message spent its time, in seconds: before the queue manager, in it, connecting, transmitting (postconf(5),
 * delay_logging_resolution_limit).
 */
export interface Delays {
  readonly before: number;
  readonly queue: number;
  readonly connect: number;
  readonly transmit: number;
}

/** A command of a session and how often it was given: `auth=0/3` is none accepted of three. */
export interface CommandCount {
  readonly accepted: number;
  readonly given: number;
}

/** What a line says, typed. Null where it does not say it. Strings are hostile: as logged. */
export interface LineFields {
  readonly queueId: string | null;
  readonly verb: string | null;
  readonly stage: string | null;
  readonly clientName: string | null;
  readonly clientAddress: string | null;
  readonly clientPort: number | null;
  readonly helo: string | null;
  readonly protocol: string | null;
  /** Empty for the null sender. */
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly origRecipient: string | null;
  readonly code: number | null;
  readonly dsn: string | null;
  readonly delay: number | null;
  readonly delays: Delays | null;
  readonly status: string | null;
  readonly relay: string | null;
  readonly saslMethod: string | null;
  readonly saslUsername: string | null;
  readonly saslSender: string | null;
  readonly messageId: string | null;
  readonly size: number | null;
  readonly recipientCount: number | null;
  readonly reason: string | null;
  /** By command, of a `disconnect from` line. */
  readonly commands: ReadonlyMap<string, CommandCount> | null;
}

/** The typed values of a match; all null without one. */
export function lineFields(match: TextMatch | null): LineFields {
  const text = (name: string): string | null => match?.fields[name]?.value ?? null;
  const number = (name: string): number | null => numberOf(text(name));
  const queueId = text("queue_id");
  return {
    queueId: queueId === "NOQUEUE" ? null : queueId,
    verb: text("verb"),
    stage: text("stage"),
    clientName: text("client_name"),
    clientAddress: text("client_address"),
    clientPort: number("client_port"),
    helo: text("helo"),
    protocol: text("proto"),
    sender: text("sender"),
    recipient: text("recipient"),
    origRecipient: text("orig_to"),
    code: number("code"),
    dsn: text("dsn"),
    delay: number("delay"),
    delays: readDelays(text("delays")),
    status: text("status"),
    relay: text("relay"),
    saslMethod: text("sasl_method"),
    saslUsername: text("sasl_username"),
    saslSender: text("sasl_sender"),
    messageId: text("message_id"),
    size: number("size"),
    recipientCount: number("nrcpt"),
    reason: text("reason"),
    commands: readCommands(text("stats")),
  };
}

/** A decimal number with an optional fraction, and nothing else. */
function numberOf(text: string | null): number | null {
  if (text === null || text === "" || text.length > 20) return null;
  for (const character of text) {
    if (!((character >= "0" && character <= "9") || character === "." || character === "-")) return null;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** `0.05/0.01/0.8/0.44`; null for anything else. */
export function readDelays(text: string | null): Delays | null {
  const numbers = (text ?? "").split("/", 5).map(numberOf);
  const [before = null, queue = null, connect = null, transmit = null] = numbers;
  if (numbers.length !== 4 || before === null || queue === null || connect === null || transmit === null) return null;
  return { before, queue, connect, transmit };
}

/** ` ehlo=1 auth=0/3 commands=1/4`; what is no count (`notes=…`) is left out. */
export function readCommands(text: string | null): ReadonlyMap<string, CommandCount> | null {
  if (text === null) return null;
  const counts = new Map<string, CommandCount>();
  for (const word of text.split(" ")) {
    const equals = word.indexOf("=");
    const numbers = word
      .slice(equals + 1)
      .split("/", 3)
      .map(numberOf);
    const [accepted = null, given = accepted] = numbers;
    if (equals < 1 || numbers.length > 2 || accepted === null || given === null) continue;
    counts.set(word.slice(0, equals), { accepted, given });
  }
  return counts;
}
