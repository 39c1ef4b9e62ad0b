import type { Question } from "@postmaster/server/lsp/protocol.ts";

/** Of a domain name and of an address's local part, in octets (RFC 1035, RFC 5321). */
const LONGEST_DOMAIN = 253;
const LONGEST_LOCAL_PART = 64;

/**
 * Why an answer cannot be what the question expects, or null. Meant for the moment of typing; the server checks again
 * before anything reaches a file.
 */
export function answerProblem(expects: Question["expects"], answer: string): string | null {
  const text = answer.trim();
  if (text === "") return "Type an answer, or press Escape to leave everything as it is.";
  const { fits, problem } = EXPECTATIONS[expects];
  return fits(text) ? null : problem;
}

const EXPECTATIONS: Readonly<
  Record<Question["expects"], { readonly fits: (text: string) => boolean; readonly problem: string }>
> = {
  "email-address": { fits: isAddress, problem: "This must be a full address, such as user@example.com." },
  hostname: { fits: isHostname, problem: "This must be a full host name, such as mail.example.com." },
  "positive-integer": { fits: isPositiveInteger, problem: "This must be a whole number above zero." },
};

function isAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || at > LONGEST_LOCAL_PART || !isHostname(text.slice(at + 1))) return false;
  for (const character of text.slice(0, at)) {
    if (character <= " " || character === "\u007f" || '"(),:;<>@[\\]'.includes(character)) return false;
  }
  return true;
}

function isHostname(text: string): boolean {
  const labels = text.split(".");
  return text.length <= LONGEST_DOMAIN && labels.length > 1 && labels.every(isLabel);
}

function isLabel(label: string): boolean {
  if (label === "" || label.length > 63 || label.startsWith("-") || label.endsWith("-")) return false;
  for (const character of label.toLowerCase()) {
    const plain = (character >= "a" && character <= "z") || (character >= "0" && character <= "9") || character === "-";
    if (!plain && character < "\u0080") return false;
  }
  return true;
}

function isPositiveInteger(text: string): boolean {
  if (text.length > 15 || text.startsWith("0")) return false;
  for (const character of text) if (character < "0" || character > "9") return false;
  return true;
}
