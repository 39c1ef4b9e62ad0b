import type { FilePort, FileResult } from "../io/file-port.ts";
import { assembleServer } from "./assemble.ts";
import type { DefaultOf, MailServer } from "./mail-server.ts";
import { statusPaths } from "./status-paths.ts";

/** A hostile configuration may name any number of tables; nobody's real one names this many. */
const MOST_FILES = 500;

/**
 * Reads main.cf, master.cf and the tables they name; null without a readable main.cf. The client files of databases are not read:
 * they hold passwords and nothing that a fix needs.
 */
export async function loadMailServer(
  port: FilePort,
  directory: string,
  options: { readonly defaultOf: DefaultOf },
): Promise<MailServer | null> {
  const files = new Map<string, FileResult>();
  for (;;) {
    const { server, wanted } = assembleServer(directory, files, options.defaultOf);
    const missing = wanted.slice(0, MOST_FILES - files.size);
    if (missing.length === 0) return server === null ? null : withStatuses(port, server);
    const results = await Promise.all(missing.map((path) => port.read(path)));
    missing.forEach((path, index) => files.set(path, results[index] ?? "unreadable"));
  }
}

async function withStatuses(port: FilePort, server: MailServer): Promise<MailServer> {
  const paths = statusPaths(server).slice(0, MOST_FILES);
  const statuses = await Promise.all(paths.map(async (path) => [path, await port.status(path)] as const));
  return { ...server, statuses: new Map(statuses) };
}
