import { type Connection, type LineSession, openLineSession } from "./line-session.ts";

/** The last line of a reply, such as `250 2.1.5 Ok`. */
export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** What a client says after the greeting: commands, or the lines of a message after DATA. `AUTH user password` is sent as AUTH PLAIN. */
export type SmtpLines = readonly (string | readonly string[])[];

/**
 * Say all lines, stop at the first refusal and part politely.
 * @returns the reply to the last line said.
 */
export async function smtp(connection: Connection, lines: SmtpLines): Promise<SmtpReply> {
  using session = await openLineSession(connection);
  let reply = await readReply(session);
  for (const line of lines) {
    if (reply.code >= 400) break;
    session.send(
      typeof line === "string" ? command(line) : [...line.map((text) => text.replace(/^\./, "..")), "."].join("\r\n"),
    );
    reply = await readReply(session);
  }
  // The server logs what it has to say about the session once it is over.
  session.send("QUIT");
  await readReply(session).catch(() => null);
  return reply;
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
