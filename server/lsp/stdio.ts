import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { createConnection, type InitializeParams } from "vscode-languageserver/node";
import { describeFailure } from "./failure.ts";
import { initializeAnswer } from "./initialize-answer.ts";

/** Serve the editor that started this process, over its standard streams or over what its arguments name (`--node-ipc`, `--stdio`, `--socket=`). */
function namesTransport(argument: string): boolean {
  return (
    argument === "--node-ipc" ||
    argument === "--stdio" ||
    argument.startsWith("--socket=") ||
    argument.startsWith("--pipe=")
  );
}

export function startStdioServer(): void {
  // V8 allocates what survived a few collections as old from then on. Here that is a configuration made anew at each keystroke: dead a moment later, but until
  // the next full collection it would keep all it leads to, and those collections would come every few keystrokes.
  setFlagsFromString("--no-allocation-site-pretenuring");
  if (!process.argv.some(namesTransport)) process.argv.push("--stdio");
  const connection = createConnection();
  process.on("unhandledRejection", (error) =>
    connection.console.error(describeFailure("something in the background", error)),
  );
  connection.onInitialize((params) => {
    // The editor waits for this answer and for nothing else before it shows itself: what serves it is loaded behind it. It may go on as soon as it has the
    // answer, so nothing more is read until then.
    setImmediate(() => void load(params));
    return initializeAnswer(params);
  });
  connection.listen();

  async function load(params: InitializeParams): Promise<void> {
    const isStdio = process.argv.includes("--stdio");
    if (isStdio) process.stdin.pause();
    const { registerHandlers } = await import("./connection.ts");
    registerHandlers(connection)(params);
    if (isStdio) process.stdin.resume();
  }
}
