import { concernedPrograms, logFixes } from "@postmaster/core/features/log-fixes.ts";
import { afterCommands } from "@postmaster/core/fixes/edit-commands.ts";
import type { EditOffer, FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { type FilePort, isSourceFile } from "@postmaster/core/io/file-port.ts";
import type { CancellationToken } from "vscode-languageserver";
import { configurationOffers } from "./configuration.ts";
import { lineTextOf } from "./documents.ts";
import { stopIfCancelled } from "./failure.ts";
import { isForLine, offerOf } from "./fix-id.ts";
import type { AfterFixArguments, FixParameters, FixResult } from "./protocol.ts";
import type { Session } from "./session.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";
import { editObstacle, workspaceEdit } from "./to-lsp.ts";

export interface LineOffers {
  readonly offers: readonly FixOffer[];
  readonly surroundings: Surroundings;
}

const POSTFIX_ALONE = { iredapd: false, dovecot: false };

/** What is offered for one line of an open document, computed afresh. Null for a document that is not open or none of ours. */
export async function offersFor(
  session: Session,
  at: { readonly uri: string; readonly line: number; readonly answers: Readonly<Record<string, string>> },
  token: CancellationToken,
): Promise<LineOffers | null> {
  const document = session.documents.get(at.uri);
  if (document === null) return null;
  const line = document.kind === "log" ? document.log.line(at.line) : null;
  const concerned = line === null ? POSTFIX_ALONE : concernedPrograms(line);
  const query = { uri: at.uri, logHost: line?.host?.value ?? null, answers: at.answers, concerned };
  const surroundings = await surroundingsOf(session, query, token);
  const offers =
    line === null ? await configurationOffers(surroundings, at.uri, at.line) : await logFixes(line, surroundings.fix);
  stopIfCancelled(token);
  return { offers, surroundings };
}

/** The edit of a fix that was offered before, computed against everything as it is now, or a clear word why there is none. */
export async function performFix(
  session: Session,
  wanted: FixParameters,
  token: CancellationToken,
): Promise<FixResult> {
  const document = session.documents.get(wanted.uri);
  if (document === null) return problem("", "The document is no longer open.");
  const lineText = lineTextOf(document, wanted.line);
  if (!isForLine(wanted.fixId, lineText)) {
    return problem("", "The document has changed, and another line stands there now. Ask again on the line you mean.");
  }
  const computed = await offersFor(session, wanted, token);
  const offer = computed === null ? null : offerOf(computed.offers, wanted.fixId, lineText);
  if (computed === null || offer === null) {
    return problem("", "The configuration has changed, and this fix no longer fits it. Ask again to see what does.");
  }
  if (offer.kind === "withheld") return problem(offer.title, offer.reason);
  if (offer.kind === "lines") return problem(offer.title, offer.reason);
  if (offer.kind === "ask") return problem(offer.title, `The answer does not fit: ${offer.question.prompt}`);
  if (offer.kind === "commands")
    return problem(offer.title, "This fix consists of commands; there is nothing to edit.");
  const obstacle = editObstacle(offer, session.client) ?? (await movedOn(offer, computed.surroundings.port));
  stopIfCancelled(token);
  if (obstacle !== null) return problem(offer.title, obstacle);
  return {
    title: offer.title,
    edit: workspaceEdit(offer, session.client),
    after: afterFix(offer, computed.surroundings),
    problem: null,
  };
}

function problem(title: string, word: string): FixResult {
  return { title, edit: null, after: null, problem: word };
}

/** A file that somebody wrote to while the edit was being computed: applying it would hit the wrong place. */
async function movedOn(offer: EditOffer, port: FilePort): Promise<string | null> {
  for (const { file } of offer.files) {
    const now = await port.read(file.path);
    if (!isSourceFile(now) || now.text !== file.text || now.version !== file.version) {
      return `${file.path} has just changed. Nothing was edited; ask again.`;
    }
  }
  return null;
}

function afterFix(offer: EditOffer, { fix, onThisMachine }: Surroundings): AfterFixArguments {
  return {
    title: offer.title,
    after: offer.after,
    commands: afterCommands(offer.after, fix.server, fix.osFamily),
    uris: offer.files.map(({ file }) => file.uri),
    versions: offer.files.map(({ file }) => file.version),
    onLogHost: onThisMachine,
    waitsForTick: offer.safety !== "safe",
  };
}
