import path from "node:path";
import { type ConfigContext, configContext, configKind } from "@postmaster/core/features/config/context.ts";
import type { Settings } from "@postmaster/core/features/settings.ts";
import type { FilePort, SourceFile } from "@postmaster/core/io/file-port.ts";
import { sourceFiles } from "@postmaster/core/model/assemble.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { DefaultOf, MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import type { CancellationToken } from "vscode-languageserver";
import { type Documents, pathOf, type TextFile } from "./documents.ts";
import { stopIfCancelled } from "./failure.ts";
import type { CompleteSettings } from "./installed-settings.ts";
import { type KeptFiles, keepFiles } from "./kept-files.ts";
import { type LineMap, linesOf } from "./positions.ts";
import { settledPaths } from "./readable-roots.ts";
import type { SettingsStore } from "./settings-store.ts";

/** One document of a configuration at one moment, with all that language features ask about. */
export interface Snapshot {
  readonly context: ConfigContext;
  /** The context is that of the whole configuration, not of this one file for want of a main.cf. */
  readonly isWhole: boolean;
  readonly lines: LineMap;
  readonly port: FilePort;
  readonly settings: Settings;
}

/**
 * The configurations that open documents belong to, kept between keystrokes: only a document that changed is read again. For showing
 * things; edits are computed against files as they are (see server/lsp/surroundings.ts).
 */
export interface Snapshots {
  /** Null for documents that are no part of a configuration. */
  of(uri: string, token: CancellationToken): Promise<Snapshot | null>;
  /** Something outside the documents changed: forget everything. */
  forget(): void;
}

/** What snapshots are made from: the part of a session they need. */
export interface SnapshotSources {
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly completeSettings: CompleteSettings;
  isTrusted(): boolean;
  folders(): readonly string[];
  filePort(settings: Settings): FilePort;
}

interface Folder {
  readonly directory: string | null;
  readonly settings: Settings;
  readonly port: FilePort;
}

/** A server, and what it was made from: the same stamp makes the same one. */
interface KeptServer {
  readonly stamp: string;
  readonly standard: DefaultOf;
  readonly server: Promise<MailServer | null>;
}

/** More names than Postfix has parameters come from typing errors. */
const MOST_DEFAULTS = 5000;

/** How far above a table its main.cf may lie. */
const MOST_LEVELS = 3;

/** @param onChange files turned out to be others than those last shown */
export function createSnapshots(session: SnapshotSources, onChange: () => void): Snapshots {
  let folders = new Map<string, Promise<Folder>>();
  let kept = new Map<string, KeptFiles>();
  let servers = new Map<string, KeptServer>();
  const versions = new Map<string, { readonly version: PostfixVersion | null; readonly defaultOf: DefaultOf }>();

  function releaseOf(settings: Settings) {
    const known = versions.get(settings.postfixVersion);
    if (known !== undefined) return known;
    const version = parsePostfixVersion(settings.postfixVersion);
    const defaults = new Map<string, string | null>();
    const made = {
      version,
      defaultOf(name: string) {
        const before = defaults.get(name);
        if (before !== undefined) return before;
        const standard = defaultOf(name, version);
        if (defaults.size < MOST_DEFAULTS) defaults.set(name, standard);
        return standard;
      },
    };
    versions.set(settings.postfixVersion, made);
    return made;
  }

  function folderOf(uri: string): Promise<Folder> {
    const known = folders.get(uri) ?? findFolder(session, uri);
    folders.set(uri, known);
    return known;
  }

  function filesOf(directory: string, port: FilePort): KeptFiles {
    const known =
      kept.get(directory) ??
      keepFiles(
        port,
        (file) => openText(session, file),
        () => {
          folders = new Map();
          onChange();
        },
      );
    kept.set(directory, known);
    return known;
  }

  async function serverIn(folder: Folder): Promise<MailServer | null> {
    if (folder.directory === null) return null;
    const files = filesOf(folder.directory, folder.port);
    await files.refresh(Date.now());
    const { defaultOf: standard } = releaseOf(folder.settings);
    const stamp = `${session.documents.revision} ${files.revision}`;
    const last = servers.get(folder.directory);
    if (last?.stamp === stamp && last.standard === standard) return last.server;
    const port: FilePort = {
      read: (file) => files.port.read(file),
      status: (file) => files.port.status(file),
      isLink: (file) => folder.port.isLink(file),
      savedAs: (file) => folder.port.savedAs(file),
      tail: (file, bytes) => folder.port.tail(file, bytes),
      list: (directory) => folder.port.list(directory),
    };
    const server = loadAfter(last?.server, loadMailServer(port, folder.directory, { defaultOf: standard }));
    servers.set(folder.directory, { stamp, standard, server });
    return server;
  }

  return {
    async of(uri, token) {
      const document = session.documents.get(uri);
      const kind = document === null ? null : configKind(document.languageId);
      if (document?.kind !== "text" || kind === null) return null;
      const folder = await folderOf(uri);
      stopIfCancelled(token);
      const server = await serverIn(folder);
      stopIfCancelled(token);
      // While we waited the document may have changed; what is shown must fit one text.
      const now = session.documents.get(uri);
      if (now?.kind !== "text") return null;
      const own = ownFile(server, uri, now) ?? fileOf(now);
      const release = releaseOf(folder.settings);
      const isPart = server !== null && (kind === "main" || kind === "master" ? isOf(server, own) : true);
      const context = configContext(kind, own, isPart ? server : null, release.defaultOf, release.version);
      return {
        context,
        isWhole: server !== null && isPart,
        lines: linesOf(context.document.file),
        port: folder.port,
        settings: folder.settings,
      };
    },
    forget() {
      folders = new Map();
      kept = new Map();
      servers = new Map();
    },
  };
}

/** A server, and the one before it kept until it is there: of large tables only the end is read anew, as long as somebody has what was read before. */
async function loadAfter(
  before: Promise<MailServer | null> | undefined,
  loading: Promise<MailServer | null>,
): Promise<MailServer | null> {
  const [server] = await Promise.all([loading, before]);
  return server;
}

/** The server's own file for a document, so that what is parsed already is used. */
function ownFile(server: MailServer | null, uri: string, document: TextFile): SourceFile | null {
  const files = server === null ? [] : sourceFiles(server);
  return files.find((file) => file.uri === uri && file.version === document.version) ?? null;
}

/** Whether the server was made of this very text. */
function isOf(server: MailServer, file: SourceFile): boolean {
  return server.main.file === file || server.master?.file === file;
}

function fileOf(document: TextFile): SourceFile {
  const { uri, version } = document;
  const { text, parts } = document.text;
  return { uri, path: pathOf(uri) ?? uri, text, parts, encoding: "utf-8", version, writable: true };
}

function openText(session: SnapshotSources, file: string): TextFile | null {
  for (const document of session.documents.all()) {
    if (document.kind === "text" && pathOf(document.uri) === file) return document;
  }
  return null;
}

/** The folder of the main.cf that a document belongs to: its own, one above, else the setting's. */
async function findFolder(session: SnapshotSources, uri: string): Promise<Folder> {
  const file = pathOf(uri);
  const folders = session.folders();
  const workspace = folders.find((root) => file?.startsWith(root) === true) ?? folders[0] ?? null;
  const settings = settledPaths(await session.settings.of(uri), workspace, session.isTrusted());
  const port = session.filePort(settings);
  const above = file === null ? null : await mainCfAbove(session, port, file);
  const directory = above ?? (settings.configDirectory === "" ? null : settings.configDirectory);
  return { directory, settings: await session.completeSettings(settings, directory, session.isTrusted()), port };
}

async function mainCfAbove(session: SnapshotSources, port: FilePort, file: string): Promise<string | null> {
  let folder = path.dirname(file);
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const main = path.join(folder, "main.cf");
    if (main === file || openText(session, main) !== null) return folder;
    if ((await port.list(folder))?.includes("main.cf") === true) return folder;
    if (path.dirname(folder) === folder) return null;
    folder = path.dirname(folder);
  }
  return null;
}
