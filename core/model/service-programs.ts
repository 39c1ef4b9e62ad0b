import type { MasterCf } from "../syntax/master-cf/parse-master-cf.ts";

/** The programs by the names of their services, as a master.cf says; the last of a name counts. Empty for none. */
export function servicePrograms(master: MasterCf | null): ReadonlyMap<string, string> {
  return new Map((master?.services ?? []).map(({ name, command }) => [name, command]));
}
