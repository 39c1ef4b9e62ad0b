import type { Settings } from "@postmaster/core/features/settings.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { type InstalledPostfix, installedPostfix } from "../host/postfix/installed-postfix.ts";

/** Completes settings that say nothing of the release and of the table types, where the configuration is this machine's own. */
export type CompleteSettings = (settings: Settings, directory: string | null, isTrusted: boolean) => Promise<Settings>;

/** postconf(1) is asked once a directory; what is installed does not change while somebody edits. */
export function createCompleteSettings(): CompleteSettings {
  const asked = new Map<string, Promise<InstalledPostfix | null>>();
  return async (settings, directory, isTrusted) => {
    const { postfixVersion, tableTypes, postfixCommandDirectory } = settings;
    if (!isTrusted || directory === null || !STANDARD_DIRECTORIES.includes(directory)) return settings;
    if (postfixVersion !== "" && tableTypes.length > 0) return settings;
    const key = `${directory}\n${postfixCommandDirectory}`;
    const answer = asked.get(key) ?? installedPostfix(directory, postfixCommandDirectory);
    asked.set(key, answer);
    const installed = await answer;
    if (installed === null) return settings;
    return {
      ...settings,
      postfixVersion: postfixVersion === "" ? installed.version : postfixVersion,
      tableTypes: tableTypes.length === 0 ? installed.tableTypes : tableTypes,
    };
  };
}
