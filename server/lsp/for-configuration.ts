import { configLanguages } from "@postmaster/core/features/config/context.ts";
import {
  type BulkRegistration,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSelector,
  RenameRequest,
} from "vscode-languageserver";
import { renameOptions } from "./capabilities.ts";
import type { ClientAbilities } from "./client-abilities.ts";

const CONFIGURATIONS: DocumentSelector = configLanguages.flatMap((language) => [
  { language, scheme: "file" },
  { language, scheme: "untitled" },
]);

/**
 * What is only for configuration files, to an editor that can be told so. Said for all our documents, it would be offered on logs too, where
 * it does nothing.
 */
export function addForConfiguration(wanted: BulkRegistration, client: ClientAbilities): void {
  const options = { documentSelector: CONFIGURATIONS };
  if (client.registers.rename) wanted.add(RenameRequest.type, { ...options, ...renameOptions(client) });
  if (client.registers.format) wanted.add(DocumentFormattingRequest.type, options);
  if (client.registers.formatRange) wanted.add(DocumentRangeFormattingRequest.type, options);
}
