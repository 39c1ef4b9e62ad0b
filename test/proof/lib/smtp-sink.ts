import { createServer, type Socket } from "node:net";

/** Replies in place of the friendly ones, by what they answer: `greeting`, a whole command, its first word, or `.`. `hang up` hangs up. */
export type SmtpScript = Readonly<Record<string, string>>;

/** An SMTP server that accepts all it is given, unless its script says otherwise, and keeps nothing. */
export async function startSmtpSink(address: string, port: number, script: SmtpScript = {}): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    converse(socket, script);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(socket: Socket, script: SmtpScript): void {
  let rest = "";
  let inMessage = false;
  const say = (to: string, friendly: string): void => {
    const reply = script[to] ?? friendly;
    if (reply === "hang up") socket.destroy();
    else socket.write(`${reply}\r\n`);
  };
  say("greeting", "220 remote.example ESMTP");
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [verb = ""] = line.toUpperCase().split(" ");
      if (inMessage) {
        inMessage = line !== ".";
        if (!inMessage) say(".", "250 2.0.0 taken");
      } else if (verb === "DATA") {
        inMessage = script["DATA"] === undefined;
        say("DATA", "354 go on");
      } else if (verb === "QUIT") {
        say("QUIT", "221 2.0.0 bye");
        socket.end();
      } else say(script[line] === undefined ? verb : line, "250 2.0.0 ok");
    }
  });
}
