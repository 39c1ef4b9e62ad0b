/** `aligned`: what belongs together starts in one column. `flat`: single blanks. */
export type FormatStyle = "aligned" | "flat";
