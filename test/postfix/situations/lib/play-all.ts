import { readFile } from "node:fs/promises";
import { entriesIn, type JudgedLine, judgeLine, linesIn, linesOf, problemsOf } from "./judge.ts";
import { causeProblems } from "./judge-causes.ts";
import { type Played, play } from "./play.ts";
import { createServers } from "./servers.ts";
import type { Situation } from "./situation.ts";

/** What a real Postfix wrote in a situation, and what is wrong with how we understand it. */
export interface Verdict {
  readonly situation: Situation;
  readonly lines: readonly JudgedLine[];
  readonly problems: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}

export interface Run {
  readonly verdicts: readonly Verdict[];
  /** What was written while the next situation was prepared: reloads, and the last words of daemons. */
  readonly between: readonly JudgedLine[];
}

/** So many Postfixes side by side: most of the time they wait, for each other's programs and for clocks. */
const LANES = 2;

/** Plays the situations, on each Postfix one after the other. */
export async function playAll(situations: readonly Situation[]): Promise<Run> {
  const lanes = Array.from({ length: Math.min(LANES, situations.length) }, (_, lane) =>
    situations.filter((_one, index) => index % LANES === lane),
  );
  const runs = await Promise.all(lanes.map(playLane));
  return { verdicts: runs.flatMap(({ verdicts }) => verdicts), between: runs.flatMap(({ between }) => between) };
}

async function playLane(situations: readonly Situation[]): Promise<Run> {
  await using servers = await createServers();
  const all: Played[] = [];
  for (const situation of situations) all.push(await play(servers, situation, (log) => isComplete(situation, log)));
  const log = await readFile(servers.postfix.log.path);
  const verdicts = all.map((played) => {
    const lines = linesOf(played, log);
    return {
      situation: played.situation,
      lines,
      problems: [...problemsOf(played, lines), ...causeProblems(played.situation, lines)],
      took: played.took,
    };
  });
  const between = all.flatMap(({ to }, index) => linesIn(log, to, all[index + 1]?.from ?? log.length));
  return { verdicts, between };
}

/** Every entry that is expected explains a line. */
function isComplete({ expect }: Situation, written: string): boolean {
  const found = entriesIn(written.split("\n").map(judgeLine));
  return expect.every((id) => found.has(id));
}
