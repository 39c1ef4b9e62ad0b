import { globSync } from "node:fs";
import { runCommand } from "./run-command.ts";
import { say } from "./say.ts";
import packages from "./system-packages.json" with { type: "json" };
import { which } from "./which.ts";
import { withoutStartingServices } from "./without-starting-services.ts";

/** A package of the operating system that some stage of the tests needs. Names are Debian's. */
interface SystemPackage {
  readonly package: string;
  /** It is there if one of these is on the PATH, best first … */
  readonly commands?: readonly string[];
  /** … or this file exists; `*` stands for any name, as a machine's architecture. */
  readonly file?: string;
  readonly for: string;
}

const ALL: readonly SystemPackage[] = packages;

/** Names of the system packages that are not on this machine, or would be absent under whatever name its system gives them. */
export function missingPackages(): readonly SystemPackage[] {
  return ALL.filter((one) => !isPresent(one));
}

/** The command that a package brings, as an absolute path; null if it is not here. */
export function commandOf(name: string): string | null {
  return which(...(ALL.find((one) => one.package === name)?.commands ?? []));
}

function isPresent({ commands, file }: SystemPackage): boolean {
  if (commands !== undefined && which(...commands) !== null) return true;
  return file !== undefined && globSync(file).length > 0;
}

/** True if this machine has Debian's package client and we may use it. */
export function mayInstallPackages(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && which("apt-get") !== null;
}

/** What a person types to get the packages. */
export function installCommand(missing: readonly SystemPackage[]): string {
  return `apt-get update && apt-get install -y --no-install-recommends ${missing.map((one) => one.package).join(" ")}`;
}

/** Install what is missing with apt-get; null, or why it failed. */
export async function installPackages(missing: readonly SystemPackage[]): Promise<string | null> {
  const names = missing.map((one) => one.package);
  say(`installing system packages: ${names.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const update = await runCommand("apt-get", ["update", "-q"], { env, quiet: true, label: "apt-get update" });
  const args = ["install", "-y", "-q", "--no-install-recommends", ...names];
  const install = await withoutStartingServices(() =>
    runCommand("apt-get", args, { env, quiet: true, label: "apt-get install" }),
  );
  if (install.code === 0) return null;
  return `apt-get install failed:\n${`${update.output}\n${install.output}`.trimEnd().split("\n").slice(-20).join("\n")}`;
}
