import { parseIpNetwork } from "../syntax/table/ip-network.ts";
import { isDigitCode } from "../text/ascii.ts";

/** A destination as `relayhost` names it: `[host]:port`, the brackets and the port each perhaps left out. */
export interface NextHop {
  readonly host: string;
  readonly bracketed: boolean;
  /** A number or a service name; null: 25. */
  readonly port: string | null;
}

/** Reads one destination; null for an empty text and for what is none. */
export function parseNextHop(text: string): NextHop | null {
  const bracketed = text.startsWith("[");
  const close = bracketed ? text.indexOf("]") : -1;
  if (bracketed && close === -1) return null;
  const colon = bracketed ? (text.charAt(close + 1) === ":" ? close + 1 : text.length) : firstColon(text);
  if (bracketed && colon !== close + 1 && close + 1 !== text.length) return null;
  const host = bracketed ? text.slice(1, close) : text.slice(0, colon);
  const port = text.slice(colon + 1);
  return host === "" ? null : { host: host.toLowerCase(), bracketed, port: port === "" ? null : port };
}

/** Whether a host is an address: an address is never looked up as a domain. */
export function isAddress(host: string): boolean {
  return typeof parseIpNetwork(host.toLowerCase().startsWith("ipv6:") ? host.slice("ipv6:".length) : host) !== "string";
}

/** The number of a port that mail programs use; null for other names. */
export function portNumber(port: string): number | null {
  const known = NAMES.get(port);
  if (known !== undefined) return known;
  for (let at = 0; at < port.length; at += 1) if (!isDigitCode(port.charCodeAt(at))) return null;
  return port === "" ? null : Number(port);
}

const NAMES: ReadonlyMap<string, number> = new Map([
  ["smtp", 25],
  ["smtps", 465],
  ["submissions", 465],
  ["ssmtp", 465],
  ["urd", 465],
  ["submission", 587],
]);

function firstColon(text: string): number {
  const colon = text.indexOf(":");
  return colon === -1 ? text.length : colon;
}
