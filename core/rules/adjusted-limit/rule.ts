import { effectiveValue, ownText } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { type Parameter, parameterByName } from "../../reference/parameter.ts";
import { parseInteger } from "../../syntax/value/number.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { secondsOf } from "../seconds-of.ts";

/** Pairs of which one must not be above the other, and what Postfix says and does about it. */
interface Pair {
  readonly smaller: string;
  readonly larger: string;
  /** How many times `smaller` must fit into `larger`. */
  readonly times: number;
  readonly words: (smaller: number, larger: number) => string;
  readonly message: string;
}

const PAIRS: readonly Pair[] = [
  {
    smaller: "bounce_queue_lifetime",
    larger: "maximal_queue_lifetime",
    times: 1,
    words: () => "bounce_queue_lifetime is larger than maximal_queue_lifetime - adjusting bounce_queue_lifetime",
    message: "bounce_queue_lifetime is above maximal_queue_lifetime: Postfix takes the latter for both.",
  },
  {
    smaller: "qmgr_message_active_limit",
    larger: "qmgr_message_recipient_limit",
    times: 1,
    words: () =>
      "qmgr_message_recipient_limit is smaller than qmgr_message_active_limit - adjusting qmgr_message_recipient_limit",
    message: "qmgr_message_recipient_limit is below qmgr_message_active_limit: Postfix takes the latter for both.",
  },
  {
    smaller: "message_size_limit",
    larger: "queue_minfree",
    times: 1.5,
    words: (smaller, larger) => `queue_minfree(${larger}) should be at least 1.5*message_size_limit(${smaller})`,
    message:
      "queue_minfree leaves no room for one and a half messages of the largest size: the disk can fill up in mid-message.",
  },
];

export const adjustedLimit: Rule = {
  id: "adjusted-limit",
  title: "Two limits that contradict each other",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) => PAIRS.flatMap((pair) => contradiction(server, pair)),
};

function contradiction(server: MailServer, pair: Pair): readonly RuleProblem[] {
  const smaller = numberOf(server, pair.smaller);
  const larger = numberOf(server, pair.larger);
  // 0 switches the free space off.
  if (smaller === null || larger === null || larger === 0 || larger / pair.times >= smaller) return [];
  const { owner } = [pair.larger, pair.smaller]
    .map((name) => effectiveValue(server, name))
    .find((value) => value.owner !== null) ?? { owner: null };
  if (owner === null || owner.kind !== "main") return [];
  const span = ownText(owner).text === "" ? owner.definition.nameSpan : owner.definition.valueSpan;
  return [{ file: owner.file, span, message: pair.message, postfix: pair.words(smaller, larger) }];
}

function numberOf(server: MailServer, name: string): number | null {
  const parameter: Parameter | null = parameterByName(name);
  const text = effectiveValue(server, name).expanded;
  if (parameter === null || text === null) return null;
  const number = parameter.type === "time" ? secondsOf(text, parameter) : parseInteger(text);
  // What is out of bounds stops the program before it compares.
  const { min, max } = parameter;
  return number === null || (min !== null && number < min) || (max !== null && number > max) ? null : number;
}
