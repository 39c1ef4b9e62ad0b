import { knownMessages } from "@postmaster/core/log/known-messages.ts";
import type { JudgedLine } from "./judge.ts";

/** Programs whose messages stand in a mail log in daily use. */
const PROGRAMS =
  "smtpd smtp lmtp cleanup qmgr local virtual pipe bounce trivial-rewrite postscreen master pickup error discard verify".split(
    " ",
  );

/** One line of figures: situations, lines, recognised, explained, and how many of each program's known messages were seen. */
export function figures(situations: number, lines: readonly JudgedLine[]): string {
  const recognised = lines.filter(({ template }) => template !== null).length;
  const problems = lines.filter(({ isProblem }) => isProblem);
  const explained = problems.filter(({ entry }) => entry !== null).length;
  const entries = new Set(lines.flatMap(({ entry }) => (entry === null ? [] : [entry]))).size;
  return [
    `${situations} situations, ${lines.length} lines: ${recognised} recognised; ${problems.length} problems: ${explained} explained, by ${entries} entries`,
    `templates seen: ${coverage(lines).join(", ")}`,
  ].join("\n");
}

function coverage(lines: readonly JudgedLine[]): readonly string[] {
  const seen = new Set(lines.flatMap(({ template }) => (template === null ? [] : [template])));
  const known = knownMessages.filter(({ system, verbose }) => (system ?? "postfix") === "postfix" && verbose !== true);
  const all = `${known.filter(({ id }) => seen.has(id)).length} of ${known.length} in all`;
  return [
    ...PROGRAMS.map((program) => {
      const own = known.filter(({ programs }) => programs.includes(program));
      return `${program} ${own.filter(({ id }) => seen.has(id)).length}/${own.length}`;
    }),
    all,
  ];
}
