import type { OsFamily } from "./fix-context.ts";

export type ManagedService = "postfix" | "iredapd" | "dovecot" | "amavis";

export const OS_FAMILIES: readonly OsFamily[] = ["debian", "rhel", "freebsd", "openbsd"];

export const OS_NAMES: Readonly<Record<OsFamily, string>> = {
  debian: "Debian, Ubuntu",
  rhel: "RHEL and its kin",
  freebsd: "FreeBSD",
  openbsd: "OpenBSD",
};

/** How a service is restarted; with an unknown system, the form that most of them understand. */
export function restartCommand(service: ManagedService, os: OsFamily | null): string {
  // Only Debian's package calls it amavis.
  const name = service === "amavis" && os !== "debian" && os !== null ? "amavisd" : service;
  switch (os) {
    case "debian":
    case "rhel":
      return `systemctl restart ${name}`;
    case "openbsd":
      return `rcctl restart ${name}`;
    default:
      return `service ${name} restart`;
  }
}
