import { parseAddress } from "../lookup/cidr-lookup.ts";
import type { AdmissionSession } from "./session.ts";

/** A session as somebody writes it down. Null: not given. */
export interface WrittenSession extends Pick<AdmissionSession, "reverseName" | "helo" | "login" | "tls"> {
  /** `192.0.2.1` or `192.0.2.1/mail.example.org`; `unknown` for a client without a verified name. */
  readonly client: string;
  /** With or without `<>`. */
  readonly sender: string;
  readonly recipient: string;
}

/** What is meant, or what is wrong with it, for people. */
export function readSession(written: WrittenSession): AdmissionSession | string {
  const { client, reverseName, helo, login, tls } = written;
  const slash = client.indexOf("/");
  const address = withoutBrackets(slash === -1 ? client : client.slice(0, slash));
  const name = slash === -1 ? null : client.slice(slash + 1);
  if (parseAddress(address) === null || name === "") return `an address, or address/name, not “${client}”`;
  return {
    clientAddress: address,
    clientName: name,
    reverseName,
    helo,
    sender: withoutAngles(written.sender),
    recipient: withoutAngles(written.recipient),
    login,
    tls,
  };
}

function withoutAngles(address: string): string {
  return address.startsWith("<") && address.endsWith(">") ? address.slice(1, -1) : address;
}

function withoutBrackets(address: string): string {
  return address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;
}
