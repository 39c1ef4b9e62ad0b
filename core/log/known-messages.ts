import messages from "../generated/messages.json" with { type: "json" };
import type { LogLevel } from "./log-line.ts";
import type { MessageRecord } from "./message-data.ts";

/** Every message of the reference. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked when the file was made, and a test that it is fresh
export const knownMessages: readonly MessageRecord[] = messages as readonly MessageRecord[];

const levels = new Map(knownMessages.map(({ id, levels: own }) => [id, own]));

/**
 * How bad a line is: as its header or a word in it says, else as the program's source prints this message. Syslog files
 * do not keep the priority, so lines of the neighbours seldom say it themselves. Where a message comes in several
 * levels the least stands.
 */
export function levelOf(said: LogLevel, messageId: string | null): LogLevel {
  const own = messageId === null ? undefined : levels.get(messageId);
  if (said !== "info" || own === undefined) return said;
  return ORDER.find((level) => own.includes(level)) ?? said;
}

const ORDER: readonly LogLevel[] = ["info", "warning", "error", "fatal", "panic"];
