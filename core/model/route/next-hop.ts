/** How smtp(8) and lmtp(8) find the host of a next hop (smtp(8), SMTP DESTINATION SYNTAX; lmtp(8), LMTP DESTINATION SYNTAX). */
export type NextHop =
  /** The hosts that the domain's MX records name; without any, the domain's own address. */
  | { readonly kind: "mx"; readonly domain: string; readonly port: string | null }
  /** This host and no other: no MX lookup. */
  | { readonly kind: "host"; readonly host: string; readonly port: string | null }
  | { readonly kind: "socket"; readonly path: string };

/** Reads a next hop. Of several destinations (Postfix 3.5 and later, separated by commas) each one, in the order in which they are tried. */
export function nextHops(text: string, protocol: "smtp" | "lmtp"): readonly NextHop[] {
  return text
    .split(/[\s,]+/)
    .filter((one) => one !== "")
    .map((one) => nextHop(one, protocol));
}

function nextHop(text: string, protocol: "smtp" | "lmtp"): NextHop {
  if (text.startsWith("unix:")) return { kind: "socket", path: text.slice(5) };
  const isInet = text.startsWith("inet:");
  const { host, port, bracketed } = splitPort(isInet ? text.slice(5) : text);
  // LMTP has no MX records, and `inet:` names a host too.
  return bracketed || isInet || protocol === "lmtp" ? { kind: "host", host, port } : { kind: "mx", domain: host, port };
}

function splitPort(text: string): { readonly host: string; readonly port: string | null; readonly bracketed: boolean } {
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    if (end !== -1) {
      const rest = text.slice(end + 1);
      return { host: text.slice(1, end), port: rest.startsWith(":") ? rest.slice(1) : null, bracketed: true };
    }
  }
  const colon = text.lastIndexOf(":");
  // More than one colon without brackets is an IPv6 address and no port.
  if (colon === -1 || text.indexOf(":") !== colon) return { host: text, port: null, bracketed: false };
  return { host: text.slice(0, colon), port: text.slice(colon + 1), bracketed: false };
}
