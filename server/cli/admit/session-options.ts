import { type Assumption, parseAssumption } from "@postmaster/core/model/admission/assumptions.ts";
import type { AdmissionSession } from "@postmaster/core/model/admission/session.ts";
import { parseAddress } from "@postmaster/core/model/lookup/cidr-lookup.ts";
import { UsageError } from "../exit-code.ts";
import type { Options, OptionTypes } from "../options.ts";

export const SESSION_OPTIONS: OptionTypes = {
  client: { type: "string" },
  "reverse-name": { type: "string" },
  helo: { type: "string" },
  sender: { type: "string" },
  recipient: { type: "string" },
  sasl: { type: "string" },
  tls: { type: "boolean" },
  assume: { type: "string", multiple: true },
};

/** @throws UsageError for what is missing or wrong */
export function sessionOf(options: Options): {
  readonly session: AdmissionSession;
  readonly assumptions: readonly Assumption[];
} {
  const client = options.text("client");
  const recipient = options.text("recipient");
  if (client === null || recipient === null) {
    throw new UsageError("admit needs --client ADDRESS[/NAME] and --recipient ADDRESS, or --open-relay");
  }
  const slash = client.indexOf("/");
  const address = withoutBrackets(slash === -1 ? client : client.slice(0, slash));
  const name = slash === -1 ? null : client.slice(slash + 1);
  if (parseAddress(address) === null || name === "") {
    throw new UsageError(`--client takes an address, or address/name, not “${client}”`);
  }
  const sender = options.text("sender");
  const session: AdmissionSession = {
    clientAddress: address,
    clientName: name,
    reverseName: options.text("reverse-name"),
    helo: options.text("helo"),
    sender: inner(sender ?? ""),
    recipient: inner(recipient),
    login: options.text("sasl"),
    tls: options.flag("tls"),
  };
  const assumptions = options.texts("assume").map((text) => {
    const assumption = parseAssumption(text);
    if (assumption === null) {
      throw new UsageError(`--assume takes RESTRICTION=ANSWER or TABLE KEY=VALUE, not “${text}”`);
    }
    return assumption;
  });
  return { session, assumptions };
}

/** `<anna@example.com>` as SMTP writes it. */
function inner(address: string): string {
  return address.startsWith("<") && address.endsWith(">") ? address.slice(1, -1) : address;
}

function withoutBrackets(address: string): string {
  return address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;
}
