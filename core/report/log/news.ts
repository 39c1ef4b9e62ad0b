import { entryById } from "../../catalogue/catalogue.ts";
import type { LogReport, News, NewsRow } from "./log-report.ts";
import { STRETCH } from "./problem-tally.ts";
import type { Tally } from "./tally.ts";

const HOUR = 3_600_000;
const MOST_ROWS = 20;
/** What became more by fewer lines than this is chance. */
const LEAST_INCREASE = 5;

/**
 * What happens in the last hour and in the last day of the log that did not, or much less, in the hour and day before. Both are counted in stretches of ten
 * minutes, of which the present one is not yet full.
 */
export function news(tally: Tally): LogReport["news"] {
  return { hour: newsOf(tally, HOUR), day: newsOf(tally, 24 * HOUR) };
}

function newsOf({ problems, endMs, firstMs }: Tally, length: number): News | null {
  const stretches = length / STRETCH;
  const present = Math.floor(endMs / STRETCH) + 1;
  const start = present - stretches;
  // Without all of the time before there is nothing to compare with.
  if (!(firstMs <= (start - stretches + 1) * STRETCH)) return null;
  const rows: NewsRow[] = [];
  for (const [id, { recent }] of problems) {
    let count = 0;
    let before = 0;
    for (const [stretch, lines] of recent) {
      if (stretch >= start && stretch < present) count += lines;
      else if (stretch >= start - stretches && stretch < start) before += lines;
    }
    if (count > 0) rows.push({ entry: id, title: entryById(id)?.title ?? id, count, before });
  }
  const sorted = rows.sort((one, other) => other.count - one.count || (one.entry < other.entry ? -1 : 1));
  return {
    appeared: sorted.filter(({ before }) => before === 0).slice(0, MOST_ROWS),
    increased: sorted
      .filter(({ before, count }) => before > 0 && count >= before * 2 && count - before >= LEAST_INCREASE)
      .slice(0, MOST_ROWS),
  };
}
