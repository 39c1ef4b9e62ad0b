/**
 * One piece of an address as trivial-rewrite(8) sees it (RFC 5322's atoms, quoted strings and domain literals, and the characters that
 * route mail). `text` of a quoted string is its content, of a literal the whole `[…]`, of an operator the character.
 */
export interface AddressToken {
  readonly kind: "atom" | "quoted" | "literal" | "operator";
  readonly text: string;
}

const OPERATORS = '|"(),.:;<>@[]%!';

/** The pieces of an address in its external form, as SMTP carries it. Any text has some; what is not closed ends with the text. */
export function addressTokens(text: string): readonly AddressToken[] {
  const tokens: AddressToken[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    if (isBlank(char)) {
      at += 1;
    } else if (char === '"') {
      const { content, end } = untilClosed(text, at + 1, '"');
      tokens.push({ kind: "quoted", text: content });
      at = end;
    } else if (char === "[") {
      const { content, end } = untilClosed(text, at + 1, "]");
      tokens.push({ kind: "literal", text: `[${content}]` });
      at = end;
    } else if (OPERATORS.includes(char)) {
      tokens.push({ kind: "operator", text: char });
      at += 1;
    } else {
      let end = at;
      while (end < text.length && !isBlank(text[end] ?? "") && !OPERATORS.includes(text[end] ?? "")) {
        end += text[end] === "\\" ? 2 : 1;
      }
      tokens.push({ kind: "atom", text: text.slice(at, end).replaceAll(/\\(.)/g, "$1") });
      at = end;
    }
  }
  return tokens;
}

/** The address as tables are asked for it: without quotes. */
export function internalForm(tokens: readonly AddressToken[]): string {
  return joined(tokens, ({ text }) => text);
}

/** The address as SMTP carries it and the queue shows it: quoted where it must be (RFC 5322, quoted-string). */
export function externalForm(tokens: readonly AddressToken[]): string {
  return joined(tokens, ({ kind, text }) =>
    kind === "quoted" && needsQuotes(text) ? `"${text.replaceAll(/["\\]/g, "\\$&")}"` : text,
  );
}

function needsQuotes(text: string): boolean {
  return (
    text === "" ||
    text.startsWith(".") ||
    text.endsWith(".") ||
    text.includes("..") ||
    /[\s\p{Cc}()<>@,;:\\"[\]]/u.test(text)
  );
}

function joined(tokens: readonly AddressToken[], write: (token: AddressToken) => string): string {
  const isWord = (token: AddressToken | undefined): boolean => token?.kind === "atom" || token?.kind === "quoted";
  return tokens.map((token, index) => (isWord(tokens[index - 1]) && isWord(token) ? " " : "") + write(token)).join("");
}

/** Whether the token is this routing character. */
export function isOperator(token: AddressToken | undefined, char: string): boolean {
  return token?.kind === "operator" && token.text === char;
}

/** Index of the last token that is this routing character, or -1. */
export function lastOperator(tokens: readonly AddressToken[], char: string): number {
  return tokens.findLastIndex((token) => isOperator(token, char));
}

/** Index of the first one, or -1. */
export function firstOperator(tokens: readonly AddressToken[], char: string): number {
  return tokens.findIndex((token) => isOperator(token, char));
}

export function operator(char: string): AddressToken {
  return { kind: "operator", text: char };
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\n";
}

function untilClosed(text: string, from: number, close: string): { readonly content: string; readonly end: number } {
  let content = "";
  let at = from;
  for (; at < text.length && text[at] !== close; at += 1) {
    if (text[at] === "\\") at += 1;
    content += text[at] ?? "";
  }
  return { content, end: at + 1 };
}
