import path from "node:path";
import type { FilePort } from "@postmaster/core/io/file-port.ts";
import { isSourceFile } from "@postmaster/core/io/file-port.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { UsageError } from "./exit-code.ts";
import type { Options } from "./options.ts";

/**
 * The configuration that a question is about: `--config`, else the folder we are in if it holds a main.cf, else this machine's own.
 * @throws UsageError if there is none
 */
export async function configuredServer(port: FilePort, { config, postfixVersion }: Options): Promise<MailServer> {
  const candidates = config === null ? [process.cwd(), ...STANDARD_DIRECTORIES] : [path.resolve(config)];
  for (const directory of candidates) {
    const main = await port.read(path.join(directory, "main.cf"));
    if (!isSourceFile(main)) continue;
    const server = await loadMailServer(port, directory, { defaultOf: (name) => defaultOf(name, postfixVersion) });
    if (server !== null) return server;
  }
  throw new UsageError(
    `there is no main.cf that can be read in ${candidates.join(", ")}; name its directory with --config`,
  );
}
