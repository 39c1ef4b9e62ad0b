import { listsByKey } from "../collections/lists-by-key.ts";
import { oncePer } from "../memory/remember.ts";
import type { MasterCf, MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { effectiveValue } from "./effective.ts";
import type { MailServer } from "./mail-server.ts";

/** Services that run a program, the last of each name and type as master(8) keeps them. */
export function servicesRunning(server: MailServer, command: string): readonly MasterService[] {
  return server.master === null ? [] : (byCommand(server.master.tree).get(command) ?? []);
}

/** What is asked of master.cf after each keystroke in main.cf. */
const byCommand = oncePer((tree: MasterCf): ReadonlyMap<string, readonly MasterService[]> => {
  const byKey = new Map(tree.services.map((service) => [`${service.name} ${service.type}`, service]));
  return listsByKey([...byKey.values()], ({ command }) => command);
});

/**
 * The services that may have written a line with this tag (`postfix/submission/smtpd`). A service's `syslog_name` decides; null stands
 * for the program as main.cf alone configures it, where master.cf is absent or names no such service.
 */
export function servicesOfTag(
  server: MailServer,
  program: string | null,
  command: string,
): readonly (MasterService | null)[] {
  const running = servicesRunning(server, command);
  if (running.length === 0) return [null];
  if (program === null) return running;
  const slash = program.lastIndexOf("/");
  const tag = slash === -1 ? "" : program.slice(0, slash);
  const named = running.filter((service) => effectiveValue(server, "syslog_name", service).expanded === tag);
  return named.length === 0 ? running : named;
}
