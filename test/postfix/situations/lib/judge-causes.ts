import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { openLog } from "@postmaster/core/features/open-log.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import type { JudgedLine } from "./judge.ts";
import type { Situation } from "./situation.ts";

const engine = createCatalogueEngine();
/** `Nov 28 12:00:00`. */
const STAMP = 15;
const OF_POSTFIX = / postfix[^ ]*\[/;

/** The consequences that are not led back to the cause that the situation names. */
export function causeProblems({ causes = {} }: Situation, lines: readonly JudgedLine[]): readonly string[] {
  if (Object.keys(causes).length === 0) return [];
  const texts = lines.map(({ text }) => text).toSorted(bySecond);
  const log = openLog(createLogDocument(engine, texts.join("\n")));
  return Object.entries(causes).flatMap(([consequence, cause]) => {
    const roots = texts.flatMap((text, line) => (text.includes(consequence) ? [log.causes.of(line).at(-1)?.text] : []));
    return roots.some((root) => root?.includes(cause) === true)
      ? []
      : [`"${consequence}" is not led back to "${cause}" but to ${JSON.stringify(roots)}`];
  });
}

/**
 * A milter speaks before it answers Postfix. One syslog daemon would take both in that order; here two write into one file, and which comes first within a
 * second is chance.
 */
function bySecond(one: string, other: string): number {
  const [a, b] = [one.slice(0, STAMP), other.slice(0, STAMP)];
  if (a !== b) return a < b ? -1 : 1;
  return Number(OF_POSTFIX.test(one)) - Number(OF_POSTFIX.test(other));
}
