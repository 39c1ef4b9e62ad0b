import { type Connection, type LineSession, openLineSession } from "./line-session.ts";

/** The last line of a reply, such as `250 2.1.5 Ok`. */
export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/**
 * What a client says after the greeting: commands, the lines of a message after DATA, or bytes as they are. `AUTH user password` is sent as
 * AUTH PLAIN; after an accepted `STARTTLS` the client goes on in TLS; after `hang up` there is nothing more. With `hang up at once`
 * the client does not even hear the greeting.
 */
export type SmtpLines = readonly (string | readonly string[] | RawBytes)[];

/** Sent without a line end of our own, however wrong that is. */
export interface RawBytes {
  readonly raw: string;
  /** How many replies to wait for; one, if not said. None means: what comes of it is for the log to say. */
  readonly replies?: number;
  /** Sent before the server has greeted. Only as the first thing said. */
  readonly early?: true;
}

function isEarly(line: SmtpLines[number] | undefined): line is RawBytes {
  return typeof line === "object" && "raw" in line && line.early === true;
}

/**
 * Say all lines, stop at the first refusal and part politely.
 * @returns the last reply.
 */
export async function smtp(connection: Connection, lines: SmtpLines): Promise<SmtpReply> {
  using session = await openLineSession(connection);
  const [first] = lines;
  if (first === "hang up at once") return NO_REPLY;
  if (isEarly(first)) session.sendRaw(first.raw);
  let reply = await readReply(session);
  for (const line of lines) {
    if (reply.code >= 400) break;
    if (line === "hang up") return reply;
    reply = await say(session, line);
    if (line === "STARTTLS" && reply.code < 400 && !(await canStartTls(session))) return NO_REPLY;
  }
  // The server logs what it has to say about the session once it is over.
  session.send("QUIT");
  await readReply(session).catch(() => null);
  return reply;
}

/** Whether the handshake succeeds. */
async function canStartTls(session: LineSession): Promise<boolean> {
  return session.startTls().then(
    () => true,
    () => false,
  );
}

const NO_REPLY: SmtpReply = { code: 0, text: "" };

async function say(session: LineSession, line: SmtpLines[number]): Promise<SmtpReply> {
  if (typeof line === "string") session.send(command(line));
  else if ("raw" in line) {
    if (line.early !== true) session.sendRaw(line.raw);
    if (line.replies === 0) return NO_REPLY;
    for (let more = line.replies ?? 1; more > 1; more -= 1) await readReply(session);
  } else session.send([...line.map((text) => text.replace(/^\./, "..")), "."].join("\r\n"));
  return readReply(session);
}

function command(line: string): string {
  const [verb, user, password] = line.split(" ");
  if (verb !== "AUTH" || user === undefined || password === undefined) return line;
  return `AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString("base64")}`;
}

async function readReply(session: LineSession): Promise<SmtpReply> {
  for (;;) {
    const text = await session.read();
    if (text.charAt(3) !== "-") return { code: Number(text.slice(0, 3)), text };
  }
}
