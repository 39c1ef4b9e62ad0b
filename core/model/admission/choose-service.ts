import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { MailServer } from "../mail-server.ts";
import { servicesRunning } from "../services.ts";

/**
 * The smtpd(8) service of a name (`submission`, `smtp`, `127.0.0.1:10025`); without a name the one that strangers come to: port 25, behind
 * postscreen(8) too, else the first. Null: as main.cf alone has it, where master.cf names none. `none`: there is none of that name.
 */
export function chooseService(server: MailServer, name: string | null): MasterService | null | "none" {
  const services = servicesRunning(server, "smtpd");
  if (name !== null) return services.find((service) => portOf(service) === name || service.name === name) ?? "none";
  return (
    services.find((service) => ["smtp", "25"].includes(portOf(service))) ??
    services.find(({ type }) => type === "pass") ??
    services[0] ??
    null
  );
}

/** What comes to a service was let through by postscreen(8), which has rules of its own. */
export function isBehindPostscreen(service: MasterService | null): boolean {
  return service?.type === "pass";
}

export function serviceLabel(service: MasterService | null): string {
  return service === null ? "smtpd" : `${service.name}/${service.type}`;
}

/** The port in `host:port`; the name itself without a host. */
function portOf({ name }: MasterService): string {
  return name.slice(name.lastIndexOf(":") + 1);
}
