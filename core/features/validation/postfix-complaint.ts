/** A line in which a program of Postfix complains. */
export interface PostfixComplaint {
  /** As the program calls itself: `postconf`, `postfix/postfix-script`. */
  readonly program: string;
  readonly level: "warning" | "error" | "fatal" | "panic";
  /** The file it names, else null. */
  readonly path: string | null;
  /** 1-based; null if it names none. */
  readonly line: number | null;
  /** What it says, without all of that. */
  readonly text: string;
}

const LEVELS = ["warning", "error", "fatal", "panic"] as const;

/** The complaints in what a program of Postfix wrote to its standard error. Lines of another form are left out. */
export function postfixComplaints(output: string): readonly PostfixComplaint[] {
  return output.split("\n").flatMap((line) => complaintIn(line) ?? []);
}

function complaintIn(line: string): PostfixComplaint | null {
  for (const level of LEVELS) {
    const mark = `: ${level}: `;
    const at = line.indexOf(mark);
    const program = at === -1 ? "" : line.slice(0, at);
    if (program === "" || program.includes(" ")) continue;
    return { program, level, ...placeIn(line.slice(at + mark.length)) };
  }
  return null;
}

/** `/etc/postfix/main.cf, line 3: …`, `/etc/postfix/main.cf: line 3: …` and `/etc/postfix/main.cf: …` are what they print. */
function placeIn(words: string): Pick<PostfixComplaint, "path" | "line" | "text"> {
  if (!words.startsWith("/")) return { path: null, line: null, text: words };
  const colon = words.indexOf(": ");
  const comma = words.indexOf(", line ");
  if (comma !== -1 && (colon === -1 || comma < colon)) {
    const number = leadingNumber(words.slice(comma + 7));
    const end = words.indexOf(": ", comma);
    if (number !== null && end !== -1) return { path: words.slice(0, comma), line: number, text: words.slice(end + 2) };
  }
  if (colon === -1) return { path: null, line: null, text: words };
  const path = words.slice(0, colon);
  const rest = words.slice(colon + 2);
  const number = rest.startsWith("line ") ? leadingNumber(rest.slice(5)) : null;
  const end = rest.indexOf(": ");
  return number === null || end === -1
    ? { path, line: null, text: rest }
    : { path, line: number, text: rest.slice(end + 2) };
}

function leadingNumber(text: string): number | null {
  let end = 0;
  while (end < text.length && end < 9 && (text[end] ?? "") >= "0" && (text[end] ?? "") <= "9") end += 1;
  return end === 0 ? null : Number(text.slice(0, end));
}
