import { pathToFileURL } from "node:url";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Connection, InitializeParams, WorkspaceFolder } from "vscode-languageserver";
import { createNodeFilePort, type EditorDocument, LARGEST_CONFIGURATION_FILE } from "../host/node-file-port.ts";
import { createPatternMatcher } from "../host/pattern/pattern-matcher.ts";
import { patternWorkerUrl } from "../host/pattern-worker-url.ts";
import { type ClientAbilities, readAbilities } from "./client-abilities.ts";
import { createDocuments, pathOf } from "./documents.ts";
import { createCompleteSettings } from "./installed-settings.ts";
import type { ClientRequests } from "./protocol.ts";
import { readableRoots, rootsBesideLog } from "./readable-roots.ts";
import type { Session } from "./session.ts";
import { createSettingsStore } from "./settings-store.ts";
import { createSnapshots } from "./snapshots.ts";
import { createValidationStore } from "./validation-store.ts";

/** A session and the few things that change in it. */
export interface RunningSession extends Session {
  trust(isTrusted: boolean): void;
  setFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void;
  close(): Promise<void>;
}

/** Everything that lives from `initialize` to the end. */
export function startSession(
  connection: Connection,
  params: InitializeParams,
  createEngine: () => LogEngine,
  onFilesChanged: () => void,
): RunningSession {
  const client = readAbilities(params);
  let engine: LogEngine | null = null;
  const compiled = (): LogEngine => (engine ??= createEngine());
  const documents = createDocuments(compiled);
  const settings = createSettingsStore(
    client.answersConfiguration
      ? async (uri) => {
          const section: unknown = await connection.workspace.getConfiguration({
            scopeUri: uri,
            section: "postmaster",
          });
          return section;
        }
      : null,
  );
  const patternMatcher = createPatternMatcher(patternWorkerUrl());
  let isTrusted = client.options.trusted;
  let folders = foldersOf(params);
  const session: RunningSession = {
    connection,
    client,
    documents,
    settings,
    patternMatcher,
    validation: createValidationStore(),
    completeSettings: createCompleteSettings(),
    refreshDiagnostics: onFilesChanged,
    get snapshots() {
      return snapshots;
    },
    engine: compiled,
    isTrusted: () => isTrusted,
    folders: () => folders,
    filePort: (current) =>
      createNodeFilePort({
        roots: readableRoots(folders, current, isTrusted),
        largest: LARGEST_CONFIGURATION_FILE,
        openDocument: async (file) => documents.byPath(file) ?? (await askForDocument(connection, client, file)),
      }),
    portBeside: (log) => createNodeFilePort({ roots: rootsBesideLog(log, folders, isTrusted) }),
    trust(now) {
      isTrusted = now;
    },
    setFolders(added, removed) {
      const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
      folders = [...folders.filter((folder) => !gone.has(folder)), ...pathsOf(added)];
    },
    close: () => patternMatcher.close(),
  };
  const snapshots = createSnapshots(session, onFilesChanged);
  return session;
}

/** Documents of other languages, such as settings.py, are not told to us; the editor may have them open and changed. */
async function askForDocument(
  connection: Connection,
  client: ClientAbilities,
  file: string,
): Promise<EditorDocument | null> {
  if (!client.options.openDocuments) return null;
  const uri = pathToFileURL(file).href;
  type Answer = ClientRequests["postmaster/openDocument"]["result"];
  const answer = await connection.sendRequest<Answer>("postmaster/openDocument", { uri });
  return answer === null ? null : { uri, ...answer };
}

function foldersOf(params: InitializeParams): readonly string[] {
  const named = params.workspaceFolders ?? [];
  if (named.length > 0) return pathsOf(named);
  const root = typeof params.rootUri === "string" ? pathOf(params.rootUri) : null;
  return root === null ? [] : [root];
}

function pathsOf(folders: readonly WorkspaceFolder[]): readonly string[] {
  return folders.flatMap(({ uri }) => pathOf(uri) ?? []);
}
