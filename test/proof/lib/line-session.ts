import { connect, type Socket } from "node:net";

/** A conversation in lines with a server on loopback. */
export interface LineSession extends Disposable {
  send(text: string): void;
  /** The next line, without its end. @throws if the server hangs up or keeps silent. */
  read(): Promise<string>;
}

export interface Connection {
  /** An address of 127.0.0.0/8, as the server sees the client. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** How long a server may think about a line, in milliseconds. */
const PATIENCE = 20_000;

export async function openLineSession({ from, to, port }: Connection): Promise<LineSession> {
  const socket: Socket = connect({ host: to, port, localAddress: from });
  socket.setEncoding("utf8").setNoDelay(true).setTimeout(PATIENCE);
  const lines: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let rest = "";
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const reader of waiting.splice(0)) reader.reject(ended);
  };
  socket.on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = part.replace(/\r$/, "");
      const reader = waiting.shift();
      if (reader === undefined) lines.push(line);
      else reader.resolve(line);
    }
  });
  socket.on("error", end);
  socket.on("close", () => end(new Error(`${to}:${port} hung up`)));
  socket.on("timeout", () => {
    end(new Error(`${to}:${port} keeps silent`));
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return {
    send: (text) => void socket.write(`${text}\r\n`),
    read: () => {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended !== null) return Promise.reject(ended);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
