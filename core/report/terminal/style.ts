/** Ways to set a word apart. */
export type Style = "bold" | "dim" | "red" | "yellow" | "blue" | "cyan" | "green" | "underline";

/** Dresses text for the place it goes to: with colours, or not at all. The text must be harmless already. */
export type Painter = (style: Style, text: string) => string;

const ESCAPE = "\u001b[";

/** SGR parameters (ECMA-48, 8.3.117). */
const CODES: Readonly<Record<Style, string>> = {
  bold: "1",
  dim: "2",
  red: "31",
  yellow: "33",
  blue: "34",
  cyan: "36",
  green: "32",
  underline: "4",
};

export const plain: Painter = (_style, text) => text;

export const coloured: Painter = (style, text) => (text === "" ? "" : `${ESCAPE}${CODES[style]}m${text}${ESCAPE}0m`);
