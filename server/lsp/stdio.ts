import process from "node:process";
import { createConnection } from "vscode-languageserver/node";
import { startServer } from "./connection.ts";
import { describeFailure } from "./failure.ts";

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
  if (!process.argv.some(namesTransport)) process.argv.push("--stdio");
  const connection = createConnection();
  process.on("unhandledRejection", (error) =>
    connection.console.error(describeFailure("something in the background", error)),
  );
  startServer(connection);
}
