import { parseAddress } from "../lookup/cidr-lookup.ts";

/** Octets (RFC 1035). */
const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;

/** Whether mail can be addressed to a domain: a host name, or an address in brackets (valid_hostname() and valid_mailhost_literal() of Postfix). */
export function isMailDomain(domain: string): boolean {
  if (domain.startsWith("[")) return isLiteral(domain);
  if (domain === "" || domain.length > LONGEST_NAME) return false;
  const labels = domain.split(".");
  return labels.every(isLabel) && !labels.every((label) => /^\d*$/.test(label));
}

function isLabel(label: string): boolean {
  if (label === "" || label.length > LONGEST_LABEL || label.startsWith("-") || label.endsWith("-")) return false;
  // Internationalised domains are accepted as they are, underscores too.
  return /^[\w\u{80}-\u{10ffff}-]+$/u.test(label);
}

function isLiteral(domain: string): boolean {
  if (!domain.endsWith("]")) return false;
  const inner = domain.slice(1, -1);
  const isPrefixed = inner.toLowerCase().startsWith("ipv6:");
  const address = parseAddress(isPrefixed ? inner.slice("ipv6:".length) : inner);
  // RFC 5321, section 4.1.3: an IPv6 address has the prefix, and no other has it.
  return address !== null && isPrefixed === (address.bytes.length === 16);
}
