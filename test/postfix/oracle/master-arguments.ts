/** A program as master(8) would start it. */
export interface Program {
  readonly program: string;
  readonly words: readonly string[];
}

/** The programs of a master.cf with their arguments; of complete entries without braces, which are master's own business, as is one in UTF-16. */
export function programsOf(master: string): readonly Program[] {
  if (master.includes("\0")) return [];
  const entries: string[] = [];
  for (const line of master.split("\n")) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const last = entries.pop();
    if (/^\s/.test(line) && last !== undefined) entries.push(`${last} ${line}`);
    else entries.push(...(last === undefined ? [] : [last]), line);
  }
  return entries.flatMap((entry) => {
    const [program, ...words] = entry.trim().split(/\s+/).slice(7);
    return program === undefined || words.length === 0 || entry.includes("{") ? [] : [{ program, words }];
  });
}
