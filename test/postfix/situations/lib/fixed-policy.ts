import { createServer, type Socket } from "node:net";
import { answerPolicy } from "../../../proof/lib/policy/policy-protocol.ts";

/** A policy server that gives every question the same answer, such as `DEFER_IF_PERMIT Come back later`; `hang up` hangs up. */
export async function startFixedPolicy(port: number, answer: string): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    if (answer === "hang up") socket.destroy();
    else answerPolicy(socket, () => answer);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
