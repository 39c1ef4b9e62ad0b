import { plain } from "@postmaster/core/report/terminal/style.ts";
import { wrapText } from "@postmaster/core/report/terminal/wrap-text.ts";

/** Lines at least as long as this were broken because they were full, and go on in the next one. */
const FULL_LINE = 90;
/** An entry of a list: its name, two blanks or more, and what it is. */
const ENTRY = /^( +\S.*?\S {2,})(\S.*)$/;
/** What a list's entry goes on with stands below what it is. */
const CONTINUED = /^ {20,}\S/;
/** Less than this beside the names of a list is not worth it. */
const NARROWEST = 60;

/** A help text, which is written for wide terminals, with its lines broken between words for one of so many columns. */
export function fitHelp(text: string, columns: number): string {
  const width = Math.max(columns, NARROWEST);
  const written = text.trimEnd().split("\n");
  if (written.every((line) => line.length <= width)) return text;
  const fitted = wholeLines(written).flatMap((line) => {
    if (line.length <= width) return [line];
    const [, lead = "", told = line] = ENTRY.exec(line) ?? [];
    return wrapText([{ text: told, style: null }], width, lead, plain);
  });
  return `${fitted.join("\n")}\n`;
}

/** Each paragraph and each entry of a list in one line. */
function wholeLines(written: readonly string[]): readonly string[] {
  const whole: string[] = [];
  let goesOn = false;
  for (const line of written) {
    const continuesEntry = CONTINUED.test(line);
    const last = whole.at(-1);
    if (last !== undefined && (continuesEntry || (goesOn && /^(?!Exit status)\S/.test(line)))) {
      whole[whole.length - 1] = `${last} ${line.trimStart()}`;
    } else {
      whole.push(line);
    }
    goesOn = /^\S/.test(line) && line.length >= FULL_LINE;
  }
  return whole;
}
