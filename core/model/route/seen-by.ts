import type { LookupContext } from "../lookup/look-up.ts";
import { servicesRunning } from "../services.ts";

/** A context as the first service that runs a program sees it. */
export function seenBy(context: LookupContext, command: string): LookupContext {
  return { ...context, service: servicesRunning(context.server, command)[0] ?? null };
}
