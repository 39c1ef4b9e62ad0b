import path from "node:path";
import type { Settings } from "@postmaster/core/features/settings.ts";

/** Where mail servers keep what a fix may have to read or edit. */
const SYSTEM_ROOTS = [
  "/etc/postfix",
  "/usr/local/etc/postfix",
  "/etc/aliases",
  "/etc/mail/aliases",
  "/etc/dovecot",
  "/usr/local/etc/dovecot",
  "/opt/iredapd",
];

/**
 * Folders and files that may be read. A workspace that is not trusted is read itself, and nothing outside it: its settings would decide
 * which files of this machine are opened.
 */
export function readableRoots(folders: readonly string[], settings: Settings, isTrusted: boolean): readonly string[] {
  if (!isTrusted) return folders;
  const set = [settings.configDirectory, settings.dovecotConfig, settings.iredapdSettings].filter(
    (place) => place !== "",
  );
  const named = set.map((place) => (place.endsWith(".conf") ? path.dirname(place) : place));
  return [...folders, ...named, ...SYSTEM_ROOTS];
}

/** What may be read of the files beside a log that the user has opened. */
export function rootsBesideLog(file: string, folders: readonly string[], isTrusted: boolean): readonly string[] {
  return isTrusted ? [path.dirname(file)] : folders;
}

/** The settings with their paths made absolute, seen from a folder; without any where the workspace is not trusted. */
export function settledPaths(settings: Settings, folder: string | null, isTrusted: boolean): Settings {
  const settle = (place: string): string => {
    if (place === "" || !isTrusted) return "";
    return path.isAbsolute(place) ? path.normalize(place) : folder === null ? "" : path.resolve(folder, place);
  };
  return {
    ...settings,
    configDirectory: settle(settings.configDirectory),
    iredapdSettings: settle(settings.iredapdSettings),
    dovecotConfig: settle(settings.dovecotConfig),
  };
}
