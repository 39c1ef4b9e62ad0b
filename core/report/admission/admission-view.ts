import type { AdmissionReport } from "../../model/admission/admit.ts";
import type { Stage } from "../../model/admission/session.ts";
import { type StepPlace, stepPlaces } from "../../model/admission/step-places.ts";
import type { StepEffect, WalkedStep } from "../../model/admission/walk-lists.ts";
import { indexLines } from "../../text/line-index.ts";

/** A place for people: where a step is written, or the entry that answered it. */
export interface ViewPlace {
  readonly path: string;
  readonly uri: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
}

/** One step, one line. Texts may hold what a client says: hostile. */
export interface ViewRow {
  readonly effect: StepEffect;
  readonly name: string;
  readonly words: string;
  readonly places: readonly ViewPlace[];
  readonly decides: boolean;
  /** How deep in tables that name restrictions. */
  readonly depth: number;
}

export interface ViewUnknown {
  readonly name: string;
  readonly why: string;
  /** What to put before `=` to tell it, and the answers there are; null if nothing helps. */
  readonly ask: string | null;
  readonly answers: readonly string[];
}

/** Would this be let in: for people, whatever the medium. */
export interface AdmissionView {
  readonly verdict: string;
  readonly sections: readonly { readonly title: string; readonly rows: readonly ViewRow[] }[];
  /** The unknowns that stood in the way, each once. */
  readonly unknowns: readonly ViewUnknown[];
}

/** @param isServed false if smtpd(8) refuses to serve anybody, for want of a restriction that refuses relaying */
export function admissionView(report: AdmissionReport, isServed: boolean): AdmissionView {
  const sections: { title: string; rows: ViewRow[] }[] = [];
  for (const step of report.steps) {
    const title = step.list ?? "smtpd itself";
    const last = sections.at(-1);
    const row = rowOf(step, step === report.decidedBy);
    if (last?.title === title) last.rows.push(row);
    else sections.push({ title, rows: [row] });
  }
  const unknowns = new Map<string, ViewUnknown>();
  for (const { name, outcome } of report.steps) {
    if (outcome.kind !== "unknown") continue;
    unknowns.set(outcome.ask ?? name, { name, why: outcome.why, ask: outcome.ask, answers: outcome.answers });
  }
  return { verdict: isServed ? verdictOf(report) : NOT_SERVED, sections, unknowns: [...unknowns.values()] };
}

const NOT_SERVED =
  "Nobody is served: smtpd ends with “specify at least one working instance of reject_unauth_destination” until a list refuses relaying.";

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  connect: "at the greeting",
  helo: "at HELO",
  mail: "at MAIL FROM",
  rcpt: "at RCPT TO",
  data: "at DATA",
  "end-of-data": "at the end of the message",
};

function verdictOf({ verdict, isCertain, reply, stage }: AdmissionReport): string {
  if (verdict === "accepted") {
    return isCertain ? "Let in." : "Let in, unless something that is not known here refuses it.";
  }
  if (verdict === "discarded") return "Taken from the client, and thrown away.";
  const words = `${verdict === "rejected" ? "Refused" : "Refused for now"} ${STAGE_WORDS[stage]}`;
  const said = reply === null ? "" : `: ${reply.code} ${reply.enhanced} ${reply.text}`;
  return isCertain ? `${words}${said}` : `${words}, unless something that is not known here lets it in before${said}`;
}

function rowOf(step: WalkedStep, decides: boolean): ViewRow {
  const { effect, name, outcome, depth } = step;
  return { effect, name, words: wordsOf(step), places: stepPlaces(step).map(viewPlace), decides, depth };

  function wordsOf({ reply }: WalkedStep): string {
    if (effect === "warns") return `${outcome.why} (only a warning: warn_if_reject)`;
    if (effect === "remembers") return `${outcome.why} (remembered)`;
    return reply === null || !decides ? outcome.why : `${outcome.why} → ${reply.code} ${reply.enhanced}`;
  }
}

export function viewPlace({ file, span }: Pick<StepPlace, "file" | "span">): ViewPlace {
  const { line, character } = indexLines(file.text).positionAt(span.start);
  return { path: file.path, uri: file.uri, line: line + 1, column: character + 1 };
}
