import path from "node:path";
import type { FixSurroundings } from "@postmaster/core/features/log-fixes.ts";
import type { FilePort } from "@postmaster/core/io/file-port.ts";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { findIredapdSettings } from "@postmaster/core/model/find-iredapd.ts";
import { type FoundServer, findServer } from "@postmaster/core/model/find-server.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import { servicePrograms } from "@postmaster/core/model/service-programs.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import type { PostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { osFamilyHere } from "../../host/machine.ts";

/** The configurations a run meets, read when first asked for and kept until something is changed. */
export interface Configurations {
  readonly port: FilePort;
  /** All that a fix for a line of a log may look at. `logPath` absolute; null for the standard input. */
  surroundingsOfLog(logPath: string | null, logHost: string | null): Promise<FixSurroundings>;
  /** The programs behind the services of the server that wrote a log, by the services' names. */
  servicesOfLog(logPath: string | null, logHost: string | null): Promise<ReadonlyMap<string, string>>;
  /** The same for a configuration folder itself. */
  surroundingsOfServer(server: MailServer): Promise<FixSurroundings>;
  /** Forgets what was read: a file has changed. */
  forget(): void;
}

export interface ConfigurationOptions {
  readonly port: FilePort;
  /** `--config`, absolute; null if not given. */
  readonly directory: string | null;
  readonly postfixVersion: PostfixVersion | null;
  /** Folders in which configurations belonging to the logs are looked for; absolute. */
  readonly folders: readonly string[];
  readonly patternMatcher: PatternMatcher;
  /** As `postconf -m` lists them; empty: not known. */
  readonly tableTypes: readonly string[];
}

/** Hosts named in one log for which a configuration is kept; a relay's log names a few, a hostile one any number. */
const MOST_KEPT = 50;

export function createConfigurations(options: ConfigurationOptions): Configurations {
  const { port, directory, postfixVersion, folders, patternMatcher, tableTypes } = options;
  const kept = new Map<string, Promise<FixSurroundings>>();

  async function surroundings(server: MailServer | null, found: FoundServer | null): Promise<FixSurroundings> {
    const onThisMachine = found?.how === "system";
    const query = { setting: "", workspaceFolders: folders, onThisMachine };
    const [iredapd, dovecot, osHere] = await Promise.all([
      findIredapdSettings(port, query),
      findDovecot(port, query),
      osFamilyHere(),
    ]);
    return {
      server,
      iredapd,
      dovecot,
      answers: {},
      patternMatcher,
      tableTypes: tableTypes.length === 0 ? null : new Set(tableTypes),
      // A copy may come from another system; what this one is says nothing about it.
      osFamily: onThisMachine ? osHere : null,
      editsBytes: true,
    };
  }

  async function ofLog(logPath: string | null, logHost: string | null): Promise<FixSurroundings> {
    const found = await findServer(port, { configDirectory: directory, logPath, logHost, workspaceFolders: folders });
    const load = { defaultOf: (name: string) => defaultOf(name, postfixVersion) };
    return surroundings(found === null ? null : await loadMailServer(port, found.directory, load), found);
  }

  function surroundingsOfLog(logPath: string | null, logHost: string | null): Promise<FixSurroundings> {
    // Logs of one folder belong together.
    const key = JSON.stringify([logPath === null ? null : path.dirname(logPath), logHost]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const made = ofLog(logPath, logHost);
    kept.set(key, made);
    return made;
  }

  return {
    port,
    surroundingsOfLog,
    async servicesOfLog(logPath, logHost) {
      const { server } = await surroundingsOfLog(logPath, logHost);
      return servicePrograms(server?.master?.tree ?? null);
    },
    surroundingsOfServer: (server) => surroundings(server, null),
    forget() {
      kept.clear();
    },
  };
}
