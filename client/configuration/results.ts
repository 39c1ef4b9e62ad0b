import { type OutputChannel, window } from "vscode";

let channel: OutputChannel | null = null;

/** Where commands write what does not fit into a message. Made when first needed. */
export function results(): OutputChannel {
  channel ??= window.createOutputChannel("Postmaster Results");
  return channel;
}
