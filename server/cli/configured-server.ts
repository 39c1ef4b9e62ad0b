import process from "node:process";
import type { FilePort } from "@postmaster/core/io/file-port.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { findServer } from "@postmaster/core/model/find-server.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { UsageError } from "./exit-code.ts";
import type { Options } from "./options.ts";

/**
 * The configuration that a question is about: `--config`, else the one in or below the working directory, else this machine's own.
 * @throws UsageError if there is none
 */
export async function configuredServer(port: FilePort, options: Options): Promise<MailServer> {
  const { configDirectory, postfixVersion } = options;
  const candidates = configDirectory === null ? [...(await nearest(port)), ...STANDARD_DIRECTORIES] : [configDirectory];
  for (const directory of candidates) {
    const server = await loadMailServer(port, directory, { defaultOf: (name) => defaultOf(name, postfixVersion) });
    if (server !== null) return server;
  }
  throw new UsageError(
    configDirectory === null
      ? `there is no main.cf here nor in ${STANDARD_DIRECTORIES.join(", ")}; --config says where it is`
      : `there is no main.cf that can be read in ${configDirectory}`,
  );
}

async function nearest(port: FilePort): Promise<readonly string[]> {
  const here = { configDirectory: null, logPath: null, logHost: null, workspaceFolders: [process.cwd()] };
  const found = await findServer(port, here);
  return found === null ? [] : [found.directory];
}
