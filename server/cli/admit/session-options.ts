import { type Assumption, parseAssumption } from "@postmaster/core/model/admission/assumptions.ts";
import { readSession } from "@postmaster/core/model/admission/read-session.ts";
import type { AdmissionSession } from "@postmaster/core/model/admission/session.ts";
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
  const session = readSession({
    client,
    reverseName: options.text("reverse-name"),
    helo: options.text("helo"),
    sender: options.text("sender") ?? "",
    recipient,
    login: options.text("sasl"),
    tls: options.flag("tls"),
  });
  if (typeof session === "string") throw new UsageError(`--client takes ${session}`);
  const assumptions = options.texts("assume").map((text) => {
    const assumption = parseAssumption(text);
    if (assumption === null) {
      throw new UsageError(`--assume takes RESTRICTION=ANSWER or TABLE KEY=VALUE, not “${text}”`);
    }
    return assumption;
  });
  return { session, assumptions };
}
