import stock from "./services.json" with { type: "json" };

/** Programs by the names of their services in master.cf. */
export type Services = ReadonlyMap<string, string>;

/** The services of the master.cf that Postfix comes with whose names are not their programs' names. */
const STOCK: Services = new Map(Object.entries(stock));

/**
 * The program behind a service as log lines name it: `rewrite`, `private/rewrite`, `private/rewrite socket`, `/usr/lib/postfix/sbin/smtpd`.
 * @param services of this server's master.cf; empty where it is not known
 */
export function programOfService(named: string, services: Services): string {
  const [path = ""] = named.trim().split(" ", 1);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return services.get(name) ?? STOCK.get(name) ?? name;
}
