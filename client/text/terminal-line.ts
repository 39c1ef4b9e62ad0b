import { isControl } from "./plain-text.ts";

/**
 * Commands as one line to type into a terminal, which runs nothing until the user presses Enter.
 * Null if a character in them would act by itself there: a line feed is that Enter.
 */
export function terminalLine(commands: readonly string[]): string | null {
  if (commands.length === 0) return null;
  for (const command of commands) {
    for (const character of command) {
      if (isControl(character.codePointAt(0) ?? 0)) return null;
    }
  }
  return commands.join(" && ");
}
