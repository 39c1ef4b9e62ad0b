import { appendFileSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";

/** What syslog(3) sends: `<22>Nov 28 12:00:00 opendkim[123]: text`. Net::Server and others leave the time out. */
const SENT = /^<\d+>(?:([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) )?([^]*)$/;
/** The name that the Postfix of the situations gives itself. */
const HOST = "mail";
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/g;

export interface Syslog extends AsyncDisposable {
  /** Writes a line of one's own, such as `opendkim[123]: text`. */
  note(text: string): void;
}

/**
 * Takes what programs send by syslog(3) and appends it to a log file, in the form that a syslog daemon gives it. It is a stream socket, which
 * syslog(3) takes where there is none for datagrams: each message ends in a NUL byte.
 */
export async function startSyslog(path: string, file: string): Promise<Syslog> {
  // At once, for what Postfix then says of it must stand below it.
  const write = (text: string, stamp = nowAsStamp()): void =>
    appendFileSync(file, `${stamp} ${HOST} ${text.trimEnd().replaceAll(CONTROL, octal)}\n`);
  const take = (message: string): void => {
    const [, stamp, text] = SENT.exec(message) ?? [];
    if (text !== undefined) write(text, stamp);
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) take(message);
    });
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  await chmod(path, 0o666);
  return {
    note: (text) => write(text),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(path, { force: true });
    },
  };
}

function octal(one: string): string {
  return `#${one.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

/** As in `Nov  8 12:00:00`, local time. */
function nowAsStamp(): string {
  const now = new Date();
  const month = now.toLocaleString("en", { month: "short" });
  return `${month} ${String(now.getDate()).padStart(2)} ${now.toTimeString().slice(0, 8)}`;
}
