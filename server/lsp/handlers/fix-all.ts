import { isSourceFile } from "@postmaster/core/io/file-port.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { allSafeEdits } from "@postmaster/core/rules/safe-edits.ts";
import type { CancellationToken, CodeAction } from "vscode-languageserver";
import { FIX_ALL } from "../advertised.ts";
import { stopIfCancelled } from "../failure.ts";
import type { Session } from "../session.ts";
import { workspaceEdit } from "../to-lsp.ts";

/** Whether an editor that wants only these kinds wants this one: a kind stands for all that begin with it. Without a word it does not. */
export function wantsFixAll(only: readonly string[] | undefined): boolean {
  return only?.some((kind) => FIX_ALL === kind || FIX_ALL.startsWith(`${kind}.`)) ?? false;
}

/** One edit with every safe fix for what the rules find in a document of a configuration; none if there is nothing to mend. */
export async function fixAllAction(session: Session, uri: string, token: CancellationToken): Promise<CodeAction[]> {
  const snapshot = await session.snapshots.of(uri, token);
  if (snapshot?.isWhole !== true) return [];
  const { document, server, version: postfixVersion } = snapshot.context;
  const { tableTypes, ruleSeverity: severity } = await session.settings.of(uri);
  const { file } = document;
  // An editor that shows bytes as replacement characters has lost them; a fix of ours must not be what makes that final.
  const onDisk = await snapshot.port.read(file.path);
  stopIfCancelled(token);
  if (isSourceFile(onDisk) && onDisk.encoding === "bytes") return [];
  const edits = allSafeEdits(server, file, (now) => checkConfiguration(now, { postfixVersion, tableTypes, severity }));
  if (edits.length === 0) return [];
  const title = "Apply all safe fixes";
  const id = "fix-all/safe";
  const offer = {
    kind: "edit",
    id,
    title,
    safety: "safe",
    cost: "",
    after: [],
    commands: [],
    files: [{ file, edits }],
  } as const;
  return [{ title, kind: FIX_ALL, edit: workspaceEdit(offer, session.client) }];
}
