import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { CommandArguments, FixResult, Requests } from "@postmaster/server/lsp/protocol.ts";
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { VS_CODE } from "../../server/vs-code.ts";
import { writeCold } from "./write-cold.ts";

/** An editor with our language server, in a process of its own, over its standard streams. */
export interface Editor extends AsyncDisposable {
  /** The `postmaster` section of the settings from now on. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Show a text as the content of a document; what the last one showed under that URI is closed. */
  open(uri: string, languageId: string, text: string): Promise<void>;
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  /** The Markdown of the hover, null without one. */
  hover(uri: string, line: number, character: number): Promise<string | null>;
  actions(uri: string, line: number, diagnostics: readonly Diagnostic[]): Promise<readonly CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  fix(parameters: Requests["postmaster/fix"]["params"]): Promise<FixResult>;
  /**
   * Apply an edit to the files on disk, and close what it changed: from then on the disk holds the truth.
   * @throws if it was made for another text than the one on disk.
   */
  applyToDisk(edit: WorkspaceEdit): Promise<readonly string[]>;
  /** Close the files of a configuration: what is on disk counts. Logs stay. */
  closeConfiguration(): Promise<void>;
}

const SERVER = fileURLToPath(new URL("../../../server/lsp/main.ts", import.meta.url));

/** @param folder the workspace. */
export async function startEditor(folder: string): Promise<Editor> {
  const server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const client = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  /** What is open, by URI; all of it is version 1. */
  const shown = new Map<string, { readonly languageId: string; readonly text: string }>();
  let settings: Readonly<Record<string, unknown>> = {};
  client.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings));
  client.onRequest("client/registerCapability", () => null);
  client.onRequest("workspace/diagnostic/refresh", () => null);
  client.onRequest("postmaster/openDocument", () => null);
  client.listen();
  await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: `file://${folder}`,
    capabilities: VS_CODE,
    workspaceFolders: [{ uri: `file://${folder}`, name: "proof" }],
    initializationOptions: { trusted: true, clientCommands: true, openDocuments: true },
  });
  await client.sendNotification("initialized", {});

  async function close(uri: string): Promise<void> {
    if (shown.delete(uri)) await client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  return {
    async configure(now) {
      settings = now;
      await client.sendNotification("workspace/didChangeConfiguration", { settings: { postmaster: settings } });
    },
    async open(uri, languageId, text) {
      await close(uri);
      shown.set(uri, { languageId, text });
      await client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    },
    async diagnostics(uri) {
      const report: DocumentDiagnosticReport = await client.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
      });
      return report.kind === "full" ? report.items : [];
    },
    async hover(uri, line, character) {
      const hover: Hover | null = await client.sendRequest("textDocument/hover", {
        textDocument: { uri },
        position: { line, character },
      });
      if (hover === null) return null;
      if (typeof hover.contents !== "object" || !("value" in hover.contents))
        throw new Error("a hover that is not Markdown");
      return hover.contents.value;
    },
    actions: (uri, line, diagnostics) =>
      client.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        context: { diagnostics: [...diagnostics], only: ["quickfix"] },
      }),
    resolve: (action) => client.sendRequest("codeAction/resolve", action),
    fix: (parameters) => client.sendRequest("postmaster/fix", parameters),
    async applyToDisk(edit) {
      const changed: string[] = [];
      for (const change of edit.documentChanges ?? []) {
        if (!("textDocument" in change)) throw new Error("no fix creates, renames or deletes files");
        const { uri, version } = change.textDocument;
        const file = fileURLToPath(uri);
        const text = await readFile(file, "utf8");
        const open = shown.get(uri);
        if (version !== (open === undefined ? null : 1))
          throw new Error(`the edit of ${uri} was made for version ${version}`);
        if (open !== undefined && open.text !== text)
          throw new Error(`${uri} is another file on disk than in the editor`);
        const edits = change.edits.flatMap((one) =>
          "newText" in one ? [{ range: one.range, newText: one.newText }] : [],
        );
        await writeCold(file, TextDocument.applyEdits(TextDocument.create(uri, "", 0, text), edits));
        await close(uri);
        changed.push(file);
      }
      return changed;
    },
    async closeConfiguration() {
      for (const [uri, { languageId }] of shown) if (languageId !== "postfix-log") await close(uri);
    },
    async [Symbol.asyncDispose]() {
      await client.sendRequest("shutdown");
      await client.sendNotification("exit");
      await exited;
      client.dispose();
    },
  };
}

/** The argument of an action's command; null if it runs another or none. */
export function commandArgument<Name extends keyof CommandArguments>(
  action: CodeAction,
  name: Name,
): CommandArguments[Name] | null {
  if (action.command?.command !== name) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unsafe-return -- the name decides the type
  return action.command.arguments?.[0] as CommandArguments[Name];
}
