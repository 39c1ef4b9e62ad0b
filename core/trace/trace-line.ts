import type { LineScanner, ScanNames } from "../log/line-scanner.ts";
import { lowerAscii } from "../text/ascii.ts";
import { fingerprint } from "../text/fingerprint.ts";
import { namedIds, ownId } from "./queue-id.ts";
import { storedMessageId } from "./read-step.ts";
import { wantedText } from "./trace.ts";

/** What ties a line to others, found without reading it as a step. Ids, message-ids and processes are fingerprints; -1 where it has none. */
export interface TraceLine {
  /** The mail it is about. */
  queueId: number;
  /** Ids that it names besides. */
  readonly named: number[];
  /** That cleanup(8) or a delivery agent without queue ids tells. */
  messageId: number;
  /** Of smtpd(8): who speaks. */
  process: number;
  /** A mail is received from a client, which belongs to a session. */
  isArrival: boolean;
  /** Belongs to a session and to no mail: a client comes, is refused or goes. */
  isSession: boolean;
  /** What is asked for stands somewhere in its message. */
  mayBeAsked: boolean;
}

export interface TraceLineReader {
  /** The same object for every line, filled anew. */
  read(line: LineScanner, bytes: Uint8Array): TraceLine;
}

/** @param decode text of UTF-8 */
export function traceLineReader(
  names: ScanNames,
  question: string,
  decode: (bytes: Uint8Array, start: number, end: number) => string,
): TraceLineReader {
  const wanted = wantedText(question);
  const named = names.messages.numbersOf(["cleanup/message-id"]).get("cleanup/message-id") ?? -1;
  const messageId = names.field("message_id");
  const found: TraceLine = {
    queueId: -1,
    named: [],
    messageId: -1,
    process: -1,
    isArrival: false,
    isSession: false,
    mayBeAsked: false,
  };

  function read(line: LineScanner, bytes: Uint8Array): TraceLine {
    const { text, program } = line;
    const message = decode(text, line.messageStart, line.messageEnd);
    const own =
      ownId(message) ?? (program.system === "amavis" ? (namedIds(message, ["Queue-ID: "])[0]?.id ?? null) : null);
    found.queueId = own === null ? -1 : fingerprint(own);
    found.named.length = 0;
    found.messageId = -1;
    found.isArrival = false;
    found.isSession = false;
    found.mayBeAsked = lowerAscii(message).includes(wanted);
    if (own === null) readWithoutId(line, message);
    else {
      for (const { id } of namedIds(message)) if (id !== own) found.named.push(fingerprint(id));
      if (line.message === named && line.find(messageId)) {
        found.messageId = fingerprint(decode(text, line.valueStart, line.valueEnd));
      }
      found.isArrival = message.startsWith("client=", own.length + 2);
    }
    found.process = found.isArrival || found.isSession ? processOf(line, bytes) : -1;
    return found;
  }

  function readWithoutId({ program: { system, daemon } }: LineScanner, message: string): void {
    if (system === "dovecot") {
      const id = storedMessageId(message);
      if (id !== null) found.messageId = fingerprint(id);
    } else if (daemon === "smtpd" || daemon === "postscreen") {
      found.isSession = SESSION.some((start) => message.startsWith(start));
    }
  }

  function processOf({ hostStart, hostEnd, program, pid }: LineScanner, bytes: Uint8Array): number {
    const host = hostStart === -1 ? "" : decode(bytes, hostStart, hostEnd);
    return fingerprint(`${host} ${program.tag ?? ""} ${pid}`);
  }

  return { read };
}

const SESSION = ["connect from ", "disconnect from ", "NOQUEUE: "];
