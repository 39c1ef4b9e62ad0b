import { effectiveValue } from "../model/effective.ts";
import type { MailServer } from "../model/mail-server.ts";
import { joinedText } from "../syntax/lines/joined-text.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../syntax/value/list.ts";
import { trimAscii } from "../text/ascii.ts";

/**
 * Whether only programs of the same machine can connect to a service, by its own address or by `inet_interfaces`. Not where main.cf names the
 * outside addresses of a proxy in front of it.
 */
export function isOnLoopback(server: MailServer, service: MasterService | null): boolean {
  if (service !== null && service.type !== "inet") return service.type !== "pass" && service.type !== "";
  if (trimAscii(effectiveValue(server, "proxy_interfaces", service).expanded ?? "") !== "") return false;
  const host = service === null ? null : hostOf(service.name);
  if (host !== null) return isLoopback(host);
  const interfaces = splitList(joinedText(effectiveValue(server, "inet_interfaces", service).expanded ?? "")).elements;
  return interfaces.length > 0 && interfaces.every(({ text }) => text === "loopback-only" || isLoopback(text));
}

/** The port or service name that clients connect to, such as `smtp` or `587`; null for what listens on no port. */
export function portOf(service: MasterService): string | null {
  return service.type === "inet" ? service.name.slice(service.name.lastIndexOf(":") + 1) : null;
}

/** The address in front of the port, where a service has one of its own. */
export function hostOf(name: string): string | null {
  const colon = name.lastIndexOf(":");
  return colon === -1 ? null : name.slice(0, colon);
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host.startsWith("127.") || host === "[::1]" || host === "::1";
}
