import type { SourceFile } from "../io/file-port.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { MasterCfProblem, MasterCfProblemKind, MasterService } from "../syntax/master-cf/parse-master-cf.ts";

/** A problem of master.cf and the entry it lies in; null for one outside of all entries. */
export interface PlacedProblem {
  readonly file: SourceFile;
  readonly problem: MasterCfProblem;
  readonly service: MasterService | null;
}

/** The problems of these kinds, in the order of the file. */
export function masterProblems(server: MailServer, kinds: readonly MasterCfProblemKind[]): readonly PlacedProblem[] {
  if (server.master === null) return [];
  const { file, tree } = server.master;
  return tree.problems
    .filter(({ kind }) => kinds.includes(kind))
    .map((problem) => ({ file, problem, service: tree.services.find(({ line }) => line === problem.line) ?? null }));
}
