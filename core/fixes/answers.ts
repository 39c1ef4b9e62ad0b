import { parseIpAddress } from "../text/ip-address.ts";

/** What a value must be before it may come near an edit. */
export type Expected = "email-address" | "ip-address" | "hostname" | "positive-integer";

const LONGEST_ADDRESS = 254;

/** Deliberately narrower than the standards: what is left out needs quoting somewhere. */
export function isExpected(text: string, expected: Expected): boolean {
  switch (expected) {
    case "email-address":
      return isEmailAddress(text);
    case "ip-address":
      return parseIpAddress(text) !== null;
    case "hostname":
      return isHostname(text) && text.includes(".");
    default:
      return text.length <= 10 && hasOnly(text, DIGITS) && Number(text) > 0 && Number(text) <= 2147483647;
  }
}

const DIGITS = "0123456789";
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NAME = `${LETTERS + DIGITS}-_`;

function isEmailAddress(text: string): boolean {
  const at = text.indexOf("@");
  if (at < 1 || text.length > LONGEST_ADDRESS) return false;
  const local = text.slice(0, at);
  return hasOnly(local, `${NAME}.+=`) && !local.startsWith("-") && isHostname(text.slice(at + 1));
}

/** A host or domain name of safe characters; one label suffices. */
export function isHostname(text: string): boolean {
  if (text.length > 253) return false;
  return text
    .split(".")
    .every((label) => label.length <= 63 && hasOnly(label, NAME) && !label.startsWith("-") && !label.endsWith("-"));
}

function hasOnly(text: string, allowed: string): boolean {
  if (text === "") return false;
  for (const c of text) if (!allowed.includes(c)) return false;
  return true;
}
