import { beginsAnother, type Life, lifeAfter, UNBORN } from "../../trace/life.ts";
import type { LineIds } from "../../trace/line-ids.ts";

/** How a mail ended, as its lines tell at a glance; `none`: no delivery was tried. */
export type MailEnd = "returned" | "deferred" | "accepted" | "none";

/** A mail in an outline. Lines are zero-based. */
export interface OutlinedMail {
  readonly queueId: string;
  readonly end: MailEnd;
  readonly first: number;
  readonly last: number;
}

export interface MailOutline {
  /** Lines before this one were not looked at. */
  readonly from: number;
  readonly mails: readonly OutlinedMail[];
}

interface Lines {
  readonly lineCount: number;
  readonly ids: { idsOn(line: number): LineIds | null };
  lineText(line: number): string;
}

/** Editors ask for an outline unasked, when a file is opened and after each change: it looks at the end of a log only. */
const MOST_LINES = 20_000;

/** The first line that an outline looks at. */
export function firstOutlined(log: Pick<Lines, "lineCount">): number {
  return Math.max(0, log.lineCount - MOST_LINES);
}

/** The mails of a log's end, in the order of their first lines. Reads ids and statuses without understanding the lines, each line once. */
export function mailOutline(log: Lines): MailOutline {
  const from = firstOutlined(log);
  const current = new Map<string, { life: Life; mail: GrowingMail }>();
  const mails: GrowingMail[] = [];
  for (let line = from; line < log.lineCount; line += 1) {
    const ids = log.ids.idsOn(line);
    const id = ids?.own?.id;
    if (ids === null || id === undefined) continue;
    let known = current.get(id);
    if (known === undefined || beginsAnother(known.life, ids.mark)) {
      const mail: GrowingMail = { queueId: id, first: line, last: line, statuses: new Map() };
      mails.push(mail);
      known = { life: UNBORN, mail };
      current.set(id, known);
    }
    known.life = lifeAfter(known.life, ids.mark);
    known.mail.last = line;
    if (ids.mark !== "delivery") continue;
    const text = log.lineText(line);
    known.mail.statuses.set(recipientOf(text), statusOf(text));
  }
  return { from, mails: mails.map(({ statuses, ...mail }) => ({ ...mail, end: endOf(statuses) })) };
}

interface GrowingMail {
  readonly queueId: string;
  readonly first: number;
  last: number;
  /** The last of each recipient. */
  readonly statuses: Map<string, string>;
}

/** The worst of its recipients' ends. */
function endOf(statuses: ReadonlyMap<string, string>): MailEnd {
  const all = [...statuses.values()];
  if (all.length === 0) return "none";
  if (all.some((status) => status === "bounced" || status === "expired")) return "returned";
  return all.includes("deferred") ? "deferred" : "accepted";
}

function recipientOf(text: string): string {
  const start = text.indexOf("to=<") + 4;
  return text.slice(start, Math.max(start, text.indexOf(">", start)));
}

function statusOf(text: string): string {
  const start = text.indexOf(", status=") + ", status=".length;
  const end = text.indexOf(" ", start);
  return text.slice(start, end === -1 ? text.length : end);
}
