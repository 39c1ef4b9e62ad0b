/**
 * The words of a simple command as a POSIX shell splits it (XCU 2.2, 2.3): plain characters, single quotes and backslashes before a quote.
 * A `|` between words stands for itself. @throws if the shell would do anything with the line but take it as words
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    const code = line.charCodeAt(at);
    if (code < 32 || code === 127) throw new Error(`a control character stands in ${JSON.stringify(line)}`);
    if (char === " ") {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'") {
      const close = line.indexOf("'", at + 1);
      if (close === -1) throw new Error(`an open quote in ${line}`);
      word = (word ?? "") + line.slice(at + 1, close);
      at = close;
    } else if (char === "\\" && line.charAt(at + 1) === "'") {
      word = `${word ?? ""}'`;
      at += 1;
    } else if (char === "|" && word === null && line.charAt(at + 1) === " ") {
      words.push("|");
    } else if (/[A-Za-z0-9_@%+:,./=-]/.test(char)) {
      word = (word ?? "") + char;
    } else {
      throw new Error(`the shell does not take ${JSON.stringify(char)} as it stands: ${line}`);
    }
  }
  if (word !== null) words.push(word);
  return words;
}
