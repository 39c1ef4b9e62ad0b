import type { Random } from "../../core/syntax/random.ts";
import { hostileAddress, hostileText } from "./hostile-text.ts";

/** What a stranger's line says: the fields that fixes make use of, and what somebody answers to their questions. */
export interface HostileLine {
  readonly values: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
}

/** By the question's id. */
const PLAIN_ANSWERS: Readonly<Record<string, string>> = {
  login: "zq7client@zq8.example.net",
  myhostname: "zq12.example.net",
  ALLOWED_LOGIN_MISMATCH_SENDERS: "zq13client@zq14.example.net",
};

/** Lines without malice, one of each sort that a fix tells apart. */
export const PLAIN_LINES: readonly HostileLine[] = [false, true].flatMap((isAnswered) =>
  ["zq1name", "zq1name.example.net", "zq1name.local", "pc.local"].flatMap((helo) =>
    ["example.com", "zq4.example.net"].map((domain) => ({
      values: {
        helo,
        sender: "zq2sender@zq3.example.net",
        user: "zq5user@zq6.example.net",
        sasl_username: "zq10user@zq11.example.net",
        client_address: "198.51.100.213",
        client: "zq9.example.net[198.51.100.213]",
        domain,
        suffix: ".local",
      },
      answers: isAnswered ? PLAIN_ANSWERS : {},
    })),
  ),
);

/** A line of which a stranger chose every word. */
export function hostileLine(from: Random): HostileLine {
  const helo = from.below(4) === 0 ? `${hostileText(from)}.local` : hostileText(from);
  return {
    values: {
      helo,
      sender: hostileAddress(from),
      user: hostileAddress(from),
      sasl_username: hostileAddress(from),
      client_address: from.below(3) === 0 ? `198.51.100.${from.below(256)}` : hostileText(from),
      client: hostileText(from),
      domain: from.below(3) === 0 ? "example.com" : hostileText(from),
      suffix: from.below(2) === 0 ? ".local" : hostileText(from),
    },
    answers:
      from.below(3) === 0 ? {} : Object.fromEntries(Object.keys(PLAIN_ANSWERS).map((id) => [id, hostileAddress(from)])),
  };
}
