/** The part of a log that is looked at. */
interface Lines {
  readonly lineCount: number;
  lineText(line: number): string;
}

/** How far a session is looked for, in lines to each side. */
const FARTHEST = 3000;

/**
 * The lines of the SMTP session that a mail arrived in, without those about mails: from `connect from` to `disconnect from` of the same
 * process. @param first the mail's first line; null or a line of another program: none
 */
export function sessionLines(log: Lines, first: number | null): readonly number[] {
  const text = first === null ? "" : log.lineText(first);
  const process = smtpdProcess(text);
  if (first === null || process === null || !text.includes(": client=")) return [];
  const found: number[] = [];
  for (let line = first - 1; line >= Math.max(0, first - FARTHEST); line -= 1) {
    const before = log.lineText(line);
    if (!before.includes(process)) continue;
    if (before.includes("NOQUEUE: ")) found.push(line);
    if (before.includes("]: disconnect from ")) break;
    if (!before.includes("]: connect from ")) continue;
    found.push(line);
    break;
  }
  const last = Math.min(log.lineCount, first + FARTHEST);
  for (let line = first + 1; line < last; line += 1) {
    const after = log.lineText(line);
    if (!after.includes(process)) continue;
    if (after.includes("]: connect from ")) break;
    if (after.includes("NOQUEUE: ") || after.includes("]: disconnect from ")) found.push(line);
    if (after.includes("]: disconnect from ")) break;
  }
  return found;
}

/** `smtpd[4711]: ` as it stands in the line; null in a line of another program. */
function smtpdProcess(text: string): string | null {
  const start = text.indexOf("smtpd[");
  const end = start === -1 ? -1 : text.indexOf("]: ", start);
  return end === -1 || end - start > 20 ? null : text.slice(start, end + 3);
}
