import { tableUses, usesOfPath } from "@postmaster/core/features/config/table-uses.ts";
import { postfixComplaints } from "@postmaster/core/features/validation/postfix-complaint.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import type { CancellationToken } from "vscode-languageserver";
import { runPostfixProgram } from "../../host/postfix/run-program.ts";
import { abortWith } from "../abort-with.ts";
import { pathOf } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import type { LookUpParameters, LookUpResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import { wholeConfiguration } from "../whole-configuration.ts";

/** The tables a document is or names, as `type:name` where the file lies here; what `postmap -q` takes. */
export async function onTables(
  session: Session,
  { uri }: { readonly uri: string },
  token: CancellationToken,
): Promise<readonly string[]> {
  const { server } = await wholeConfiguration(session, uri, token);
  if (server === null) return [];
  const file = pathOf(uri);
  const own = file === null ? [] : usesOfPath(server, file);
  const uses = own.length > 0 ? own : tableUses(server);
  return [...new Set(uses.flatMap(({ mention, path }) => (path === null ? [] : `${mention.type}:${path}`)))];
}

/** Has postmap(1) look a key up, as Postfix's programs would. */
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
  if (failure !== null) return refused(asked, failure);
  const complaints = stderr.trimEnd().split("\n").map(visibleText).join("\n");
  // It ends with 1 for a key that is not there, too, and may warn of other things before.
  const failed = postfixComplaints(stderr).some(({ level }) => level !== "warning");
  if (exitCode !== 0 && failed) return { problem: complaints, table: asked, value: null, complaints };
  return { problem: null, table: asked, value: exitCode === 0 ? visibleText(stdout.trimEnd()) : null, complaints };
}

function refused(table: string | null, problem: string): LookUpResult {
  return { problem, table: table ?? "", value: null, complaints: "" };
}
