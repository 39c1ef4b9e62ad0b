import type { SemanticTokensLegend } from "vscode-languageserver";

// What handlers and the answer to `initialize` must agree on, apart from the handlers: the answer is given before they are loaded.

/** The commands of code actions, for an editor that does not run them itself: their text becomes a message. */
export const COMMANDS = [
  "postmaster.afterFix",
  "postmaster.copyCommands",
  "postmaster.showLines",
  "postmaster.showReason",
] as const;

/** The kind of what an editor asks for on saving, if its user has it in `editor.codeActionsOnSave`. */
export const FIX_ALL = "source.fixAll.postmaster";

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: ["property", "variable", "function", "namespace"],
  tokenModifiers: ["declaration", "deprecated"],
};
