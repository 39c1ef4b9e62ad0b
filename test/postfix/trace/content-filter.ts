import type { Socket } from "node:net";
import { startLocalServer } from "../../proof/lib/local-server.ts";
import { type SmtpLines, smtp } from "../../proof/lib/smtp-client.ts";

/**
 * An after-queue content filter: takes a mail by SMTP and gives it back on another port before it says that it took it.
 * @param names whether its answer passes on what it was told there, as Amavis does
 */
export function startContentFilter(port: number, back: number, names: boolean): Promise<AsyncDisposable> {
  return startLocalServer({ port }, (socket) => {
    serve(socket, async (lines) => {
      const { text } = await smtp({ from: "127.0.0.1", to: "127.0.0.1", port: back }, lines);
      return names ? `250 2.0.0 from MTA(smtp:[127.0.0.1]:${back}): ${text}` : "250 2.0.0 taken";
    });
  });
}

function serve(socket: Socket, giveBack: (lines: SmtpLines) => Promise<string>): void {
  let rest = "";
  let envelope: string[] = [];
  let content: string[] | null = null;
  const say = (reply: string): void => void socket.write(`${reply}\r\n`);

  async function take(line: string): Promise<void> {
    if (content !== null) {
      if (line !== ".") {
        content.push(line.startsWith(".") ? line.slice(1) : line);
        return;
      }
      const lines: SmtpLines = ["EHLO filter.example", ...envelope, "DATA", content];
      [envelope, content] = [[], null];
      say(await giveBack(lines));
      return;
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "MAIL" || verb === "RCPT") envelope.push(line);
    if (verb === "DATA") {
      content = [];
      say("354 go on");
    } else if (verb === "QUIT") {
      say("221 2.0.0 bye");
      socket.end();
    } else say("250 2.0.0 ok");
  }

  say("220 filter.example ESMTP");
  let before: Promise<void> = Promise.resolve();
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) before = before.then(() => take(line)).catch(() => void socket.destroy());
  });
}
