import type { InitializeParams, InitializeResult } from "vscode-languageserver";
import { serverCapabilities } from "./capabilities.ts";
import { readAbilities } from "./client-abilities.ts";

/** What we are and can do, for this editor. */
export function initializeAnswer(params: InitializeParams): InitializeResult {
  return { capabilities: serverCapabilities(readAbilities(params)), serverInfo: { name: "postmaster" } };
}
