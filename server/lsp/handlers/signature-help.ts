import { signatureHelp } from "@postmaster/core/features/config/signature-help.ts";
import type { CancellationToken, SignatureHelp, SignatureHelpParams } from "vscode-languageserver";
import { markup } from "../markup.ts";
import type { Session } from "../session.ts";

/** The form of the argument that is being written. */
export async function onSignatureHelp(
  session: Session,
  { textDocument, position }: SignatureHelpParams,
  token: CancellationToken,
): Promise<SignatureHelp | null> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return null;
  const signature = signatureHelp(snapshot.context, snapshot.lines.offsetAt(position));
  if (signature === null) return null;
  const [start, end] = signature.argument;
  return {
    signatures: [
      {
        label: signature.label,
        documentation: markup(session.client, signature.documentation),
        parameters: [{ label: [start, end] }],
      },
    ],
    activeSignature: 0,
    activeParameter: 0,
  };
}
