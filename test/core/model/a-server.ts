import assert from "node:assert/strict";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { type FileTraits, memoryFiles } from "./memory-files.ts";

/** Where the copies of the tests lie: no folder of the system, so paths in them are another machine's. */
export const COPY = "/home/anna/mail/postfix";

/** A server from file names (relative to its configuration folder) and texts. */
export async function aServer(
  files: Readonly<Record<string, string>>,
  options: { readonly directory?: string; readonly traits?: FileTraits } = {},
): Promise<MailServer> {
  const directory = options.directory ?? COPY;
  const paths = Object.entries(files).map(
    ([name, text]) => [name.startsWith("/") ? name : `${directory}/${name}`, text] as const,
  );
  const traits = Object.fromEntries(paths.map(([path]) => [path, options.traits ?? {}]));
  const server = await loadMailServer(memoryFiles(Object.fromEntries(paths), traits), directory, { defaultOf });
  assert.ok(server);
  return server;
}
