import path from "node:path";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { findServer } from "@postmaster/core/model/find-server.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { createNodeFilePort } from "../../host/node-file-port.ts";
import { UsageError } from "../exit-code.ts";
import type { Options } from "../options.ts";

/**
 * The configuration that is asked: `--config`, else the one in or below the working directory, else this machine's own.
 * @throws UsageError if there is none
 */
export async function readServer(options: Options): Promise<MailServer> {
  const port = createNodeFilePort();
  const load = { defaultOf: (name: string) => defaultOf(name, options.postfixVersion) };
  const given = options.config;
  if (given !== null) {
    const server = await loadMailServer(port, path.resolve(given), load);
    if (server === null) throw new UsageError(`there is no readable main.cf in ${given}`);
    return server;
  }
  const here = { configDirectory: null, logPath: null, logHost: null, workspaceFolders: [path.resolve(".")] };
  const near = (await findServer(port, here))?.directory;
  for (const directory of [...(near === undefined ? [] : [near]), ...STANDARD_DIRECTORIES]) {
    const server = await loadMailServer(port, directory, load);
    if (server !== null) return server;
  }
  throw new UsageError("there is no main.cf here nor in /etc/postfix; --config says where it is");
}
