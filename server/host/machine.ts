import { readFile } from "node:fs/promises";
import process from "node:process";
import type { OsFamily } from "@postmaster/core/fixes/fix-context.ts";

/** The family of the operating system we run on, as far as service commands differ; null for others. */
export async function osFamilyHere(): Promise<OsFamily | null> {
  if (process.platform === "freebsd" || process.platform === "openbsd") return process.platform;
  if (process.platform !== "linux") return null;
  return linuxFamily(await readFile("/etc/os-release", "utf8").catch(() => ""));
}

/** Reads os-release(5): the distribution's own name first, then those it says it is like. */
export function linuxFamily(osRelease: string): OsFamily | null {
  const words = ["ID", "ID_LIKE"].flatMap((key) => valueOf(osRelease, key).split(" "));
  if (words.some((word) => word === "debian" || word === "ubuntu")) return "debian";
  return words.some((word) => word === "rhel" || word === "fedora" || word === "centos") ? "rhel" : null;
}

function valueOf(osRelease: string, key: string): string {
  const line = osRelease.split("\n").find((candidate) => candidate.startsWith(`${key}=`));
  return line === undefined
    ? ""
    : line
        .slice(key.length + 1)
        .trim()
        .replaceAll('"', "")
        .toLowerCase();
}
