import { isAlnumCode, isDigitCode } from "../../text/ascii.ts";
import { parseAddress } from "../lookup/cidr-lookup.ts";

const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;

/** Whether a name is one by RFC 1123 with `_` allowed, and not all numbers: valid_hostname() of Postfix. */
export function isHostname(name: string): boolean {
  if (name === "" || name.length > LONGEST_NAME) return false;
  let hasName = false;
  for (const label of name.split(".")) {
    if (label === "" || label.length > LONGEST_LABEL || label.startsWith("-") || label.endsWith("-")) return false;
    for (let at = 0; at < label.length; at += 1) {
      const code = label.charCodeAt(at);
      if (!isAlnumCode(code) && code !== UNDERSCORE && code !== HYPHEN) return false;
      if (!isDigitCode(code)) hasName = true;
    }
  }
  return hasName;
}

const UNDERSCORE = 95;
const HYPHEN = 45;

/** A name without its trailing dot, unless there are two. */
export function withoutTrailingDot(name: string): string {
  return name.length > 1 && name.endsWith(".") && !name.endsWith("..") ? name.slice(0, -1) : name;
}

/** What stands in `[ ]` of an address: IPv4, or IPv6 with `IPv6:` before it. */
export function isMailAddressLiteral(text: string): boolean {
  const prefixed = text.toLowerCase().startsWith("ipv6:");
  const address = parseAddress(prefixed ? text.slice(5) : text);
  return address !== null && (address.bytes.length === 16) === prefixed;
}
