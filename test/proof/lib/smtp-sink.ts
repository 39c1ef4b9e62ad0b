import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { startLocalServer } from "./local-server.ts";

/** Replies in place of the friendly ones, by what they answer: `greeting`, a whole command, its first word, or `.`. `hang up` hangs up. `EHLO in TLS` is the answer behind STARTTLS. */
export type SmtpScript = Readonly<Record<string, string>>;

/** What a server that offers STARTTLS shows: PEM texts. */
export interface SinkTls {
  readonly cert: string;
  readonly key: string;
}

/** An SMTP or LMTP server that accepts all it is given, unless its script says otherwise, and keeps nothing. */
export function startSmtpSink(
  address: string,
  port: number,
  script: SmtpScript = {},
  tls: SinkTls | null = null,
): Promise<AsyncDisposable> {
  return startLocalServer({ port, address }, (socket) => {
    converse(socket, script, tls);
    say(socket, script, "greeting", "220 remote.example ESMTP");
  });
}

function say(socket: Socket, script: SmtpScript, to: string, friendly: string): void {
  const reply = script[to] ?? friendly;
  if (reply === "hang up") socket.destroy();
  else socket.write(`${reply}\r\n`);
}

function converse(socket: Socket, script: SmtpScript, tls: SinkTls | null): void {
  let rest = "";
  let inMessage = false;
  const take = (line: string): void => {
    const [verb = ""] = line.toUpperCase().split(" ");
    if (inMessage) {
      inMessage = line !== ".";
      if (!inMessage) say(socket, script, ".", "250 2.0.0 taken");
    } else if (verb === "DATA") {
      inMessage = script["DATA"] === undefined;
      say(socket, script, "DATA", "354 go on");
    } else if (verb === "QUIT") {
      say(socket, script, "QUIT", "221 2.0.0 bye");
      socket.end();
    } else if (verb === "EHLO" && tls !== null) say(socket, script, verb, "250-remote.example\r\n250 STARTTLS");
    else if (verb === "STARTTLS" && tls !== null) {
      say(socket, script, verb, "220 2.0.0 go on");
      if (script[verb] !== undefined) return;
      socket.removeAllListeners("data");
      const secure = new TLSSocket(socket, { isServer: true, ...tls });
      secure.on("error", () => socket.destroy());
      const { "EHLO in TLS": secured, ...others } = script;
      converse(secure, secured === undefined ? others : { ...others, EHLO: secured }, null);
    } else say(socket, script, script[line] === undefined ? verb : line, "250 2.0.0 ok");
  };
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}
