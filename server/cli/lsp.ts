import { startStdioServer } from "../lsp/stdio.ts";
import { UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";

/** Starts the language server, which goes on as long as its connection is open. */
export async function lsp(args: readonly string[]): Promise<null> {
  const options = parseOptions(args, { stdio: { type: "boolean" } });
  if (options.words.length > 0) throw new UsageError("lsp takes no arguments but --stdio");
  if (!options.flag("stdio")) throw new UsageError("lsp speaks over --stdio only: postmaster lsp --stdio");
  startStdioServer();
  return null;
}
