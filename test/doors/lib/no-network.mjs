// Loaded before a program (`node --import`): ends it, exit code 97, when it makes a socket, asks a name server or starts a program. What
// Node's modules are called does not matter: each of these has a handle below all of them.
import { createHook } from "node:async_hooks";
import { writeSync } from "node:fs";
import process from "node:process";

const FORBIDDEN = new Set([
  "DNSCHANNEL",
  "GETADDRINFOREQWRAP",
  "GETNAMEINFOREQWRAP",
  "HTTPCLIENTREQUEST",
  "PIPECONNECTWRAP",
  "PIPESERVERWRAP",
  "PROCESSWRAP",
  "QUERYWRAP",
  "TCPCONNECTWRAP",
  "TCPSERVERWRAP",
  "TCPWRAP",
  "TLSWRAP",
  "UDPSENDWRAP",
  "UDPWRAP",
]);

createHook({
  init(_id, type) {
    if (!FORBIDDEN.has(type)) return;
    writeSync(2, `FORBIDDEN ${type}\n${new Error("here").stack}\n`);
    process.exit(97);
  },
}).enable();
