import { createServer, type Socket } from "node:net";

/** A server of a test's own. Disposing of it hangs up on everybody and gives the port back. */
export interface LocalServer extends AsyncDisposable {
  /** Hangs up on everybody who is there now; others may still come. */
  hangUp(): void;
}

export interface LocalAddress {
  readonly port: number;
  /** `127.0.0.1` if not given. */
  readonly address?: string;
}

/**
 * Listens, and talks to each that comes.
 * @param converse one conversation: called once a connection; a socket that fails is hung up on
 * @throws if the port is taken
 */
export async function startLocalServer(
  { port, address = "127.0.0.1" }: LocalAddress,
  converse: (socket: Socket) => void,
): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    converse(socket);
  });
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
  return {
    hangUp,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        hangUp();
        server.close(() => resolve());
      }),
  };
}
