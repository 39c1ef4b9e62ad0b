import type { StepEffect } from "../../model/admission/walk-lists.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { Painter, Style } from "../terminal/style.ts";
import { textWidth } from "../text-width.ts";
import type { AdmissionView, ViewPlace, ViewRow } from "./admission-view.ts";

const MARKS: Readonly<Record<StepEffect, { readonly mark: string; readonly style: Style }>> = {
  passes: { mark: " ", style: "dim" },
  permits: { mark: "+", style: "green" },
  discards: { mark: "x", style: "red" },
  rejects: { mark: "x", style: "red" },
  warns: { mark: "w", style: "yellow" },
  remembers: { mark: "~", style: "yellow" },
  unknown: { mark: "?", style: "yellow" },
};

/** Wider names push their own line out, not all others. */
const WIDEST_NAME = 52;

/** A text and the places named in it: offsets in the text, in UTF-16 code units. */
export interface AdmissionText {
  readonly text: string;
  readonly links: readonly { readonly start: number; readonly end: number; readonly place: ViewPlace }[];
  /** Where it stands how what is not known can be told: `reject_rbl_client zen.example=pass`, to be changed before it is said. */
  readonly tells: readonly { readonly start: number; readonly end: number; readonly assumption: string }[];
}

/** How an assumption is told, which differs from medium to medium: the words before and after it. */
export type Telling = readonly [before: string, after: string];
const ON_COMMAND_LINE: Telling = ["--assume '", "'"];

/**
 * One line a step, the deciding one marked; then the verdict, and what could not be told with the words that tell it. Everything is made
 * harmless for a terminal. Links and tells are right only for the plain painter, which adds nothing.
 */
export function prettyAdmission(
  view: AdmissionView,
  nameOf: (place: ViewPlace) => string,
  paint: Painter,
  telling: Telling = ON_COMMAND_LINE,
): AdmissionText {
  const links: { start: number; end: number; place: ViewPlace }[] = [];
  let text = "";
  const rows = view.sections.flatMap(({ rows: some }) => some);
  const width = Math.min(
    WIDEST_NAME,
    Math.max(0, ...rows.map((row) => textWidth(visibleText(row.name)) + 2 * row.depth)),
  );
  for (const { title, rows: some } of view.sections) {
    text += `${paint("bold", title)}\n`;
    for (const row of some) {
      text += rowText(row, width, paint);
      for (const place of row.places) {
        const name = visibleText(nameOf(place));
        links.push({ start: text.length + 2, end: text.length + 2 + name.length, place });
        text += `  ${paint("cyan", name)}`;
      }
      text += "\n";
    }
  }
  text += `\n${paint("bold", visibleText(view.verdict))}\n`;
  const tells: { start: number; end: number; assumption: string }[] = [];
  if (view.unknowns.length > 0) text += `\n${paint("bold", "Not known here, and taken to say nothing:")}\n`;
  for (const { name, why, ask, answers } of view.unknowns) {
    text += `  ${paint("yellow", "?")} ${visibleText(name)}: ${visibleText(why)}\n`;
    if (ask === null) continue;
    const [first = "", ...others] = answers;
    const assumption = `${ask}=${first}`;
    const words = telling.join(visibleText(assumption));
    tells.push({
      start: text.length + TELL_INDENT.length,
      end: text.length + TELL_INDENT.length + words.length,
      assumption,
    });
    const or = others.length === 0 ? "" : `  ${paint("dim", `(or ${others.join(", or ")})`)}`;
    text += `${TELL_INDENT}${words}${or}\n`;
  }
  return { text, links, tells };
}

const TELL_INDENT = "      ";

function rowText({ effect, name, words, decides, depth }: ViewRow, width: number, paint: Painter): string {
  const { mark, style } = MARKS[effect];
  const shown = `${"  ".repeat(depth)}${visibleText(name)}`;
  const padded = shown + " ".repeat(Math.max(0, width - textWidth(shown)));
  const head = decides ? paint("bold", `=> ${mark} ${padded}`) : `   ${paint(style, mark)} ${padded}`;
  return `${head}  ${decides ? paint(style, visibleText(words)) : paint("dim", visibleText(words))}`;
}
