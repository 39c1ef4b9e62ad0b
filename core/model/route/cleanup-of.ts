import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { effectiveValue } from "../effective.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { servicesRunning } from "../services.ts";

/** The cleanup(8) that a service gives its mail to; null: master.cf has none of that name. */
export function cleanupOf({ server, service }: LookupContext): MasterService | null {
  const name = effectiveValue(server, "cleanup_service_name", service).expanded ?? "cleanup";
  const named = servicesRunning(server, "cleanup");
  return named.find((one) => one.name === name) ?? null;
}
