import { tableUses, useAt, usesOfPath } from "@postmaster/core/features/config/table-uses.ts";
import { lookUpProblem } from "@postmaster/core/features/validation/look-up-problem.ts";
import { postfixComplaints } from "@postmaster/core/features/validation/postfix-complaint.ts";
import { lookUp } from "@postmaster/core/model/lookup/look-up.ts";
import type { LoadedTable, MailServer } from "@postmaster/core/model/mail-server.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import type { CancellationToken } from "vscode-languageserver";
import { runPostfixProgram } from "../../host/postfix/run-program.ts";
import { abortWith } from "../abort-with.ts";
import { pathOf } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import type { LookUpParameters, LookUpResult, TablesParameters, TextAnswer } from "../protocol.ts";
import type { Session } from "../session.ts";
import { wholeConfiguration } from "../whole-configuration.ts";

/** The table at a position, else those a document is or names, as `type:name` where the file lies here; what `postmap -q` takes. */
export async function onTables(
  session: Session,
  { uri, position }: TablesParameters,
  token: CancellationToken,
): Promise<readonly string[]> {
  const { server } = await wholeConfiguration(session, uri, token);
  if (server === null) return [];
  const file = pathOf(uri);
  const lines = position === undefined ? null : ((await session.snapshots.of(uri, token))?.lines ?? null);
  const here =
    file === null || position === undefined || lines === null ? null : useAt(server, file, lines.offsetAt(position));
  const own = file === null ? [] : usesOfPath(server, file);
  const uses = here !== null && here.path !== null ? [here] : own.length > 0 ? own : tableUses(server);
  return [...new Set(uses.flatMap(({ mention, path }) => (path === null ? [] : `${mention.type}:${path}`)))];
}

/** Has postmap(1) look a key up, as Postfix's programs would; where it cannot, the text of the table is asked, and that is said. */
export async function onLookUp(
  session: Session,
  { uri, table, key }: LookUpParameters,
  token: CancellationToken,
): Promise<LookUpResult> {
  if (!session.isTrusted()) return refused(table, "Nothing is run before you trust this workspace.");
  const { server, settings } = await wholeConfiguration(session, uri, token);
  if (server === null) return refused(table, "There is no main.cf that this document belongs to.");
  const known = await onTables(session, { uri }, token);
  // Only what the configuration names: the client must not have any file of this machine opened as a table.
  const asked = table === null ? known[0] : known.find((one) => one === table);
  if (asked === undefined) return refused(table, "This configuration uses no such table.");
  if (key === "" || key.startsWith("-") || /[\0\r\n]/.test(key)) return refused(asked, "That is no key of a table.");
  const args = ["-c", server.directory, "-q", key, asked];
  const { exitCode, stdout, stderr, failure } = await runPostfixProgram(
    "postmap",
    args,
    settings.postfixCommandDirectory,
    abortWith(token),
  );
  stopIfCancelled(token);
  const loaded = tableOf(server, asked);
  if (failure !== null) return { ...refused(asked, failure), fromText: await inText(session, server, loaded, key) };
  const complaints = stderr.trimEnd().split("\n").map(visibleText).join("\n");
  // It ends with 1 for a key that is not there, too, and may warn of other things before.
  const failed = postfixComplaints(stderr).some(({ level }) => level !== "warning");
  if (exitCode !== 0 && failed) {
    const fromText = await inText(session, server, loaded, key);
    return { problem: lookUpProblem(stderr, server, loaded), table: asked, value: null, complaints, fromText };
  }
  const value = exitCode === 0 ? visibleText(stdout.trimEnd()) : null;
  return { problem: null, table: asked, value, complaints, fromText: null };
}

function tableOf(server: MailServer, asked: string): LoadedTable | null {
  return [...server.tables.values()].find(({ type, path }) => path !== null && `${type}:${path}` === asked) ?? null;
}

/** As postmap would answer once it has made the database of the text. */
async function inText(
  { patternMatcher }: Session,
  server: MailServer,
  table: LoadedTable | null,
  key: string,
): Promise<TextAnswer | null> {
  if (table === null) return null;
  const found = await lookUp({ server, service: null, patternMatcher, answerFor: () => null }, table.spec, key);
  if (found.kind === "found") return { value: visibleText(found.value), line: found.place.line };
  return found.kind === "not-found" ? { value: null, line: null } : null;
}

function refused(table: string | null, problem: string): LookUpResult {
  return { problem, table: table ?? "", value: null, complaints: "", fromText: null };
}
