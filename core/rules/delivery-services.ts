import { oncePer } from "../memory/remember.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";

/**
 * The services that qmgr(8) and local(8) can give mail to, by name; null where master.cf is not there or is but a part of one: without qmgr(8)
 * no mail goes anywhere.
 */
export const deliveryServices = oncePer((server: MailServer): ReadonlyMap<string, MasterService> | null => {
  const services = server.master?.tree.services ?? [];
  if (!services.some(({ command }) => command === "qmgr" || command === "oqmgr" || command === "nqmgr")) return null;
  return new Map(services.filter(isPrivateSocket).map((service) => [service.name, service]));
});

/** What listens at `private/name`. */
function isPrivateSocket({ type, fields }: MasterService): boolean {
  return (type === "unix" || type === "fifo") && fields.find(({ field }) => field === "private")?.text !== "n";
}
