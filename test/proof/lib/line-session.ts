import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** A conversation in lines with a server on loopback. */
export interface LineSession extends Disposable {
  send(text: string): void;
  /** Send these bytes and no more. */
  sendRaw(text: string): void;
  /** Speak TLS from here on, whatever certificate the server shows. @throws if the handshake fails. */
  startTls(): Promise<void>;
  /** The next line, without its end. @throws if the server hangs up or keeps silent. */
  read(): Promise<string>;
}

export interface Connection {
  /** An address of 127.0.0.0/8, as the server sees the client. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly tls?: boolean;
}

/** How long a server may think about a line, in milliseconds. */
const PATIENCE = 20_000;

export async function openLineSession({ from, to, port, tls = false }: Connection): Promise<LineSession> {
  let socket: Socket = connect({ host: to, port, localAddress: from });
  const lines: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let rest = "";
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const reader of waiting.splice(0)) reader.reject(ended);
  };
  const take = (chunk: string): void => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = part.replace(/\r$/, "");
      const reader = waiting.shift();
      if (reader === undefined) lines.push(line);
      else reader.resolve(line);
    }
  };
  const listen = (): void => {
    socket.setEncoding("utf8").setNoDelay(true).setTimeout(PATIENCE);
    socket.on("data", take);
    socket.on("error", end);
    socket.on("close", () => end(new Error(`${to}:${port} hung up`)));
    socket.on("timeout", () => {
      end(new Error(`${to}:${port} keeps silent`));
      socket.destroy();
    });
  };
  const startTls = async (): Promise<void> => {
    for (const event of ["data", "close", "timeout"]) socket.removeAllListeners(event);
    const secure = connectTls({ socket, rejectUnauthorized: false });
    await new Promise<void>((resolve, reject) => secure.once("secureConnect", resolve).once("error", reject));
    socket = secure;
    listen();
  };
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  if (tls) await startTls();
  else listen();
  return {
    send: (text) => void socket.write(`${text}\r\n`),
    sendRaw: (text) => void socket.write(text, "latin1"),
    startTls,
    read: () => {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended !== null) return Promise.reject(ended);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
