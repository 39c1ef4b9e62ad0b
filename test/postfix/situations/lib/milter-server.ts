import type { Socket } from "node:net";
import { startLocalServer } from "../../../proof/lib/local-server.ts";

/**
 * What a milter answers at each stage, `continue` where nothing is said: `accept`, `reject`, `tempfail`, `discard`, a reply such as
 * `550 5.7.1 No`, or `hang up`. At `end` also `quarantine`. At `options` only `hang up` and `nonsense`.
 */
export type MilterScript = Readonly<Partial<Record<MilterStage, string>>>;
export type MilterStage = "options" | "connect" | "helo" | "mail" | "rcpt" | "data" | "headers" | "end";

const STAGES: Readonly<Record<string, MilterStage>> = {
  C: "connect",
  H: "helo",
  M: "mail",
  R: "rcpt",
  T: "data",
  N: "headers",
  E: "end",
};
const ANSWERS: Readonly<Record<string, string>> = { accept: "a", reject: "r", tempfail: "t", discard: "d" };
/** May add headers, change the body, add and delete recipients, change headers, quarantine. */
const ALL_ACTIONS = 0x3f;
const VERSION = 6;

/** Speaks the milter protocol of Sendmail's libmilter: a length, a command's letter, its data. */
export function startMilter(port: number, script: MilterScript): Promise<AsyncDisposable> {
  return startLocalServer({ port }, (socket) => {
    let rest = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
        const end = 4 + rest.readUInt32BE(0);
        answer(socket, rest.toString("latin1", 4, 5), script);
        rest = rest.subarray(end);
      }
    });
  });
}

function answer(socket: Socket, command: string, script: MilterScript): void {
  if (command === "O") {
    if (script.options === "hang up") socket.destroy();
    else if (script.options === "nonsense") socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    else {
      const options = Buffer.alloc(12);
      options.writeUInt32BE(VERSION, 0);
      options.writeUInt32BE(ALL_ACTIONS, 4);
      send(socket, "O", options);
    }
    return;
  }
  // Macros, the end of a message that is given up, and of the session have no answer.
  if (["D", "A", "Q", "K"].includes(command)) return;
  const stage = STAGES[command];
  const said = stage === undefined ? undefined : script[stage];
  if (said === undefined) send(socket, "c");
  else if (said === "hang up") socket.destroy();
  else if (said === "quarantine") {
    send(socket, "q", Buffer.from("looks strange\0"));
    send(socket, "c");
  } else {
    const letter = ANSWERS[said];
    if (letter === undefined) send(socket, "y", Buffer.from(`${said}\0`));
    else send(socket, letter);
  }
}

function send(socket: Socket, command: string, data: Buffer = Buffer.alloc(0)): void {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + data.length, 0);
  head.write(command, 4, "latin1");
  socket.write(Buffer.concat([head, data]));
}
