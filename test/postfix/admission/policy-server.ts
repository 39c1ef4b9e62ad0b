import { createServer, type Socket } from "node:net";

/** A policy server that gives every client the same answer: the one it was last told. */
export interface PolicyServer extends AsyncDisposable {
  /** An action of access(5). */
  say(action: string): void;
}

export async function startPolicyServer(port: number): Promise<PolicyServer> {
  let answer = "DUNNO";
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    let rest = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      // A request ends with an empty line.
      const requests = (rest + chunk).split("\n\n");
      rest = requests.pop() ?? "";
      for (const _ of requests) socket.write(`action=${answer}\n\n`);
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    say(action) {
      answer = action;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
