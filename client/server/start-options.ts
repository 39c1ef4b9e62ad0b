import type { InitializationOptions } from "@postmaster/server/lsp/protocol.ts";
import type { ExtensionContext, LogOutputChannel } from "vscode";
import {
  type ErrorHandler,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import { applyByCommand } from "../fixes/apply-ticked.ts";
import { OUR_DOCUMENTS } from "../language/language-ids.ts";
import { goOnCompleting } from "./go-on-completing.ts";
import { hoverBelowProblems } from "./hover-below-problems.ts";
import { SERVER_FLAGS } from "./server-flags.ts";

export function serverOptions(context: ExtensionContext): ServerOptions {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  const startedWith = (...more: readonly string[]) => ({
    ...server,
    options: { execArgv: [...SERVER_FLAGS, ...more] },
  });
  return { run: startedWith(), debug: startedWith("--nolazy", "--inspect=6009") };
}

/**
 * Besides our languages the server hears of the files that fixes edit and that have no language of ours: odd tables below a postfix folder,
 * iRedAPD's settings, Dovecot's configuration.
 * @param isTrusted asked at each start of a server
 */
export function clientOptions(
  outputChannel: LogOutputChannel,
  isTrusted: () => boolean,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  return {
    documentSelector: [
      ...OUR_DOCUMENTS,
      { scheme: "file", pattern: "**/postfix/**" },
      { scheme: "file", pattern: "**/{iredapd,iRedAPD*}/settings.py" },
      { scheme: "file", pattern: "**/dovecot/**/*.conf" },
    ],
    outputChannel,
    errorHandler,
    initializationFailedHandler: () => false,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: (): InitializationOptions => ({
      trusted: isTrusted(),
      clientCommands: true,
      openDocuments: true,
      addsCommonEnd: true,
    }),
    synchronize: { configurationSection: "postmaster" },
    middleware: {
      provideHover: hoverBelowProblems,
      provideCompletionItem: goOnCompleting,
      resolveCodeAction: applyByCommand,
    },
    markdown: { isTrusted: false, supportHtml: false },
  };
}
