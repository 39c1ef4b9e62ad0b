import path from "node:path";
import type { Services } from "@postmaster/core/cause/service-program.ts";
import { wantsServices } from "@postmaster/core/features/cause/log-causes.ts";
import { isSourceFile } from "@postmaster/core/io/file-port.ts";
import { servicePrograms } from "@postmaster/core/model/service-programs.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import type { LogFile } from "./documents.ts";
import type { Session } from "./session.ts";
import { configurationOf } from "./surroundings.ts";

/**
 * Tells a log which programs run behind the services that its lines name. master.cf is read only where a cause hangs on that.
 */
export async function knowServices(session: Session, { uri, log }: LogFile): Promise<void> {
  if (![...log.counts().keys()].some(wantsServices)) return;
  const problem = log.problems().find(({ entryId }) => wantsServices(entryId));
  if (problem === undefined) return;
  log.causes.know(await servicesOf(session, uri, log.line(problem.line).host?.value ?? null));
}

async function servicesOf(session: Session, uri: string, logHost: string | null): Promise<Services> {
  const { found, port } = await configurationOf(session, uri, logHost);
  if (found === null) return new Map();
  const master = await port.read(path.join(found.directory, "master.cf"));
  return isSourceFile(master) ? servicePrograms(parseMasterCf(master.text)) : new Map();
}
