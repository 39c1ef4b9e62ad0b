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
}

/**
 * One line a step, the deciding one marked; then the verdict, and what could not be told with the words that tell it. Everything is made
 * harmless for a terminal. Links are right only for the plain painter, which adds nothing.
 */
export function prettyAdmission(
  view: AdmissionView,
  nameOf: (place: ViewPlace) => string,
  paint: Painter,
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
  if (view.unknowns.length > 0) text += `\n${unknownText(view, paint)}`;
  return { text, links };
}

function rowText({ effect, name, words, decides, depth }: ViewRow, width: number, paint: Painter): string {
  const { mark, style } = MARKS[effect];
  const shown = `${"  ".repeat(depth)}${visibleText(name)}`;
  const padded = shown + " ".repeat(Math.max(0, width - textWidth(shown)));
  const head = decides ? paint("bold", `=> ${mark} ${padded}`) : `   ${paint(style, mark)} ${padded}`;
  return `${head}  ${decides ? paint(style, visibleText(words)) : paint("dim", visibleText(words))}`;
}

function unknownText({ unknowns }: AdmissionView, paint: Painter): string {
  const lines = unknowns.map(({ name, why, ask, answers }) => {
    const [first = "", ...others] = answers;
    const or = others.length === 0 ? "" : `  ${paint("dim", `(or ${others.join(", or ")})`)}`;
    const told = ask === null ? "" : `\n      --assume '${visibleText(ask)}=${first}'${or}`;
    return `  ${paint("yellow", "?")} ${visibleText(name)}: ${visibleText(why)}${told}`;
  });
  return `${paint("bold", "Not known here, and taken to say nothing:")}\n${lines.join("\n")}\n`;
}
