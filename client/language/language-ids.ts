import type { TextDocument } from "vscode";

export const LOG_LANGUAGE = "postfix-log";

/** Documents with lines of a log that a report counted. */
export const LINES_SCHEME = "postmaster-lines";

/** The languages of the manifest. */
const LANGUAGES = [
  LOG_LANGUAGE,
  "postfix-main-cf",
  "postfix-master-cf",
  "postfix-table",
  "postfix-regexp-table",
  "postfix-cidr-table",
  "postfix-table-config",
] as const;

const OUR_LANGUAGES: ReadonlySet<string> = new Set(LANGUAGES);

export function isOurs(document: TextDocument): boolean {
  return OUR_LANGUAGES.has(document.languageId) && hasText(document);
}

/** Part of a mail server's configuration. */
export function isConfiguration(document: TextDocument): boolean {
  return isOurs(document) && document.languageId !== LOG_LANGUAGE;
}

/** Documents that are somebody's text: not the output panel, not the other side of a comparison. */
export function hasText(document: TextDocument): boolean {
  return document.uri.scheme === "file" || document.uri.scheme === "untitled" || document.uri.scheme === LINES_SCHEME;
}

/** The documents of our languages, for VS Code and for the language client alike. */
export const OUR_DOCUMENTS = [
  ...LANGUAGES.flatMap((language) => [
    { language, scheme: "file" },
    { language, scheme: "untitled" },
  ]),
  { language: LOG_LANGUAGE, scheme: LINES_SCHEME },
];
