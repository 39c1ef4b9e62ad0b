import path from "node:path";
import type { ConcernedPrograms, FixSurroundings } from "@postmaster/core/features/log-fixes.ts";
import type { Settings } from "@postmaster/core/features/settings.ts";
import type { FilePort } from "@postmaster/core/io/file-port.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { findIredapdSettings } from "@postmaster/core/model/find-iredapd.ts";
import { type FoundServer, findServer } from "@postmaster/core/model/find-server.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import type { CancellationToken } from "vscode-languageserver";
import { osFamilyHere } from "../host/machine.ts";
import { isWithin } from "../host/path-bounds.ts";
import { pathOf } from "./documents.ts";
import { stopIfCancelled } from "./failure.ts";
import { settledPaths } from "./readable-roots.ts";
import type { Session } from "./session.ts";

export interface Surroundings {
  readonly fix: FixSurroundings;
  readonly found: FoundServer | null;
  /** The configuration is the running one of this machine. */
  readonly onThisMachine: boolean;
  readonly postfixVersion: PostfixVersion | null;
  readonly port: FilePort;
  readonly settings: Settings;
}

export interface Configuration {
  readonly found: FoundServer | null;
  readonly port: FilePort;
  readonly settings: Settings;
}

/** The configuration that a document belongs to: of a configuration file the folder it lies in, of a log the one that `findServer` names. */
export async function configurationOf(session: Session, uri: string, logHost: string | null): Promise<Configuration> {
  const file = pathOf(uri);
  const folders = session.folders();
  const folder = folders.find((root) => file !== null && isWithin(root, file)) ?? folders[0] ?? null;
  const settings = settledPaths(await session.settings.of(uri), folder, session.isTrusted());
  const port = session.filePort(settings);
  if (file !== null && OWN_FILES.has(path.basename(file))) {
    const directory = path.dirname(file);
    return {
      found: { directory, how: STANDARD_DIRECTORIES.includes(directory) ? "system" : "workspace" },
      port,
      settings,
    };
  }
  const found = await findServer(port, {
    configDirectory: settings.configDirectory,
    logPath: file,
    logHost,
    workspaceFolders: folders,
  });
  return { found, port, settings };
}

const OWN_FILES: ReadonlySet<string> = new Set(["main.cf", "master.cf"]);

export interface SurroundingsQuery {
  readonly uri: string;
  /** The host a log line names; null for a configuration file. */
  readonly logHost: string | null;
  readonly answers: Readonly<Record<string, string>>;
  readonly concerned: ConcernedPrograms;
}

/** All that a fix needs to know, read afresh: open documents as they are now, files as they are now. */
export async function surroundingsOf(
  session: Session,
  query: SurroundingsQuery,
  token: CancellationToken,
): Promise<Surroundings> {
  const { found, port, settings: set } = await configurationOf(session, query.uri, query.logHost);
  const settings = await session.completeSettings(set, found?.directory ?? null, session.isTrusted());
  stopIfCancelled(token);
  const postfixVersion = parsePostfixVersion(settings.postfixVersion);
  const workspaceFolders = session.folders();
  const onThisMachine = found?.how === "system";
  const [server, iredapd, dovecot, osHere] = await Promise.all([
    found === null
      ? null
      : loadMailServer(port, found.directory, { defaultOf: (name) => defaultOf(name, postfixVersion) }),
    query.concerned.iredapd
      ? findIredapdSettings(port, { setting: settings.iredapdSettings, workspaceFolders, onThisMachine })
      : null,
    query.concerned.dovecot
      ? findDovecot(port, { setting: settings.dovecotConfig, workspaceFolders, onThisMachine })
      : null,
    osFamilyHere(),
  ]);
  stopIfCancelled(token);
  return {
    found,
    onThisMachine,
    postfixVersion,
    port,
    settings,
    fix: {
      server,
      iredapd,
      dovecot,
      answers: query.answers,
      patternMatcher: session.patternMatcher,
      tableTypes: settings.tableTypes.length === 0 ? null : new Set(settings.tableTypes),
      // A workspace's copy may come from another system; what this one is says nothing about it.
      osFamily: settings.operatingSystem === "auto" ? (onThisMachine ? osHere : null) : settings.operatingSystem,
    },
  };
}
