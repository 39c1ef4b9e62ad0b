import type { LookupPlace } from "../lookup/lookup-result.ts";
import type { Reply } from "./reply.ts";

/** What one restriction says about a session, before `warn_if_reject` and its like. */
export type Outcome = Said & {
  /** In words, for people: why. May hold what the client said. */
  readonly why: string;
  /** The entry of a table that decided. */
  readonly place: LookupPlace | null;
};

type Said =
  /** Nothing: the walk goes on. */
  | { readonly kind: "none" }
  | { readonly kind: "permit" }
  /** Permitted for all that the client sees; the mail is thrown away. */
  | { readonly kind: "discard" }
  | { readonly kind: "reject"; readonly reply: Reply }
  /** Postfix is not able to say: a temporary refusal that `warn_if_reject` does not disarm. */
  | { readonly kind: "error"; readonly reply: Reply }
  | { readonly kind: "defer-if-permit"; readonly reply: Reply }
  | { readonly kind: "defer-if-reject"; readonly reply: Reply }
  /** A table names restrictions. */
  | { readonly kind: "restrictions"; readonly text: string }
  /** We are not able to say. `ask`: what to put before `=` on the command line to say it, null if nothing helps. */
  | {
      readonly kind: "unknown";
      readonly mayPermit: boolean;
      readonly mayReject: boolean;
      readonly ask: string | null;
      readonly answers: readonly string[];
    };

export type OutcomeKind = Outcome["kind"];

export function none(why: string, place: LookupPlace | null = null): Outcome {
  return { kind: "none", why, place };
}

export function permit(why: string, place: LookupPlace | null = null): Outcome {
  return { kind: "permit", why, place };
}

export function reject(reply: Reply, why: string, place: LookupPlace | null = null): Outcome {
  return { kind: "reject", reply, why, place };
}

/** smtpd's own words for a setting it cannot work with. */
export function serverError(why: string, place: LookupPlace | null = null): Outcome {
  return { kind: "error", reply: { code: 451, enhanced: "4.3.5", text: "Server configuration error" }, why, place };
}

/** smtpd's own words for a table that fails. */
export function lookupError(name: string, why: string, place: LookupPlace | null = null): Outcome {
  return {
    kind: "error",
    reply: { code: 451, enhanced: "4.3.0", text: `<${name}>: Temporary lookup failure` },
    why,
    place,
  };
}

export interface Unknown {
  readonly mayPermit?: boolean;
  readonly mayReject?: boolean;
  readonly ask?: string | null;
  readonly answers?: readonly string[];
  readonly place?: LookupPlace | null;
}

export function unknown(why: string, about: Unknown = {}): Outcome {
  return {
    kind: "unknown",
    why,
    mayPermit: about.mayPermit ?? false,
    mayReject: about.mayReject ?? false,
    ask: about.ask ?? null,
    answers: about.answers ?? [],
    place: about.place ?? null,
  };
}
