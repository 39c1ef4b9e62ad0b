import { type Connection, openLineSession } from "./line-session.ts";

/**
 * Say commands (without their tags, in IMAP; as they are, in POP3), stop at the first refusal.
 * @returns the answer that settled the last of them, such as `NO [PRIVACYREQUIRED] …` or `-ERR …`.
 */
export async function mailbox(
  protocol: "imap" | "pop3",
  connection: Connection,
  commands: readonly string[],
): Promise<string> {
  using session = await openLineSession(connection);
  let answer = await session.read();
  for (const [index, command] of commands.entries()) {
    const tag = protocol === "imap" ? `a${index} ` : "";
    session.send(tag + command);
    answer = await session.read();
    // POP3 has no tags, and every text starts with none.
    while (!answer.startsWith(tag)) answer = await session.read();
    answer = answer.slice(tag.length);
    if (/^(NO|BAD|-ERR)/.test(answer)) break;
  }
  return answer;
}
