import { startStdioServer } from "../lsp/stdio.ts";
import { type ExitCode, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";

/** Starts the language server and returns; the open connection keeps the process alive. */
export async function lsp(args: readonly string[]): Promise<ExitCode> {
  const options = parseOptions(args, { stdio: { type: "boolean" } });
  if (options.words.length > 0) throw new UsageError("lsp takes no arguments but --stdio");
  if (!options.flag("stdio")) throw new UsageError("lsp speaks over --stdio only: postmaster lsp --stdio");
  startStdioServer();
  return FOUND_NOTHING;
}
