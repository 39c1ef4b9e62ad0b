import { entryById } from "../catalogue/catalogue.ts";
import type { LogEngine } from "../log/log-engine.ts";
import { allParameters } from "../reference/parameter.ts";
import { restrictionByName, restrictions } from "../reference/restriction.ts";
import { decodeEnhanced, decodeReply } from "../reference/status-code.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { entryMarkdown } from "./entry-markdown.ts";
import { noValues } from "./line-values.ts";
import { explainLine } from "./log-hover.ts";
import { explainName } from "./log-word.ts";
import { enhancedMarkdown, replyMarkdown, restrictionMarkdown } from "./reference-markdown.ts";

/**
 * What any text means to us, as safe Markdown: the id of a catalogue entry, a parameter, a restriction, a code, a log line with or without
 * its header. Null if it means nothing.
 */
export function explainText(engine: LogEngine, text: string): string | null {
  const word = text.trim();
  const entry = entryById(word);
  if (entry !== null) return entryMarkdown(entry, noValues);
  const name = explainName(word);
  if (name !== null) return name;
  const restriction = restrictionByName(word);
  if (restriction !== null) return restrictionMarkdown(restriction);
  const status = decodeEnhanced(word);
  if (status !== null) return enhancedMarkdown(status);
  const reply = word.length === 3 && Number.isInteger(Number(word)) ? decodeReply(Number(word)) : null;
  if (reply !== null) return replyMarkdown(reply);
  const [line = ""] = word.split("\n", 1);
  return explainLine(engine.readText(line));
}

/** The parameter or restriction that a word which means nothing is most like; null if it is like none. */
export function nameMeantBy(text: string): string | null {
  return didYouMean(
    text.trim(),
    [...allParameters(), ...restrictions].map(({ name }) => name),
  );
}
