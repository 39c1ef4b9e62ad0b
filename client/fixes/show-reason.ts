import type { ShowReasonArguments } from "@postmaster/server/lsp/protocol.ts";
import { window } from "vscode";
import { plainText } from "../text/plain-text.ts";

/** Says why there is no fix. A modal message, so that all of it can be read: a notification is cut and goes away. */
export async function showReason({ title, reason }: ShowReasonArguments): Promise<void> {
  await window.showInformationMessage(plainText(title), { modal: true, detail: plainText(reason) });
}
