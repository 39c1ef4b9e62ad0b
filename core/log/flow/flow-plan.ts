import { isTail } from "../field-tails.ts";
import type { FieldSegment } from "../template.ts";
import type { KnownTemplates } from "../template-list.ts";
import type { TemplateNames } from "../template-names.ts";

/** Events of mail that the machine counts, in the order of their numbers there (assembly/flow/count-line.ts). */
const FLOW_EVENTS = ["connected", "received", "queued", "delivery", "tls", "login", "rejected", "failed"] as const;

export type FlowEvent = (typeof FLOW_EVENTS)[number];

/** What a message is, by its id: an event that the machine counts, one that is counted `elsewhere`. Of the other messages only their lines are counted. */
export type FlowMessages = ReadonlyMap<string, FlowEvent | "elsewhere">;

/** A template's fields, in the order of a plan's numbers: a field of its own by its name, or a list by its type. */
const FIELDS = [
  "queue_id",
  "client",
  "login",
  "sender",
  "size",
  "recipient",
  "delivery",
  "status",
  "reason",
  "protocol",
  "verb",
  "code",
  "session",
  "user",
  "count",
] as const;
type Field = (typeof FIELDS)[number];

/** What an event cannot be counted without. */
const NEEDED: Readonly<Record<FlowEvent, readonly Field[]>> = {
  connected: [],
  received: ["queue_id"],
  queued: ["queue_id", "sender", "size"],
  delivery: ["queue_id", "recipient", "delivery", "status"],
  tls: ["protocol"],
  login: ["session"],
  rejected: ["client"],
  failed: [],
};

/** Attributes that the machine takes from lists. Where a template has them elsewhere, the plain reader knows better. */
const OF_LISTS = ["client_address", "sasl_username", "relay", "delay", "delays"];
/** What may stand for a field. */
const INSTEAD: Readonly<Partial<Record<Field, string>>> = { verb: "action", code: "dsn", user: "sasl_username" };

const NO_EVENT = 0;
const ELSEWHERE = -1;

/** How lines are counted, by template: the machine's numbers, in which a plan is meant by its place in `plans`, counted from 1. */
export interface FlowPlans {
  readonly byTemplate: Int32Array;
  readonly plans: readonly Int32Array[];
}

export function flowPlans(
  { messages, messageOf }: KnownTemplates,
  names: TemplateNames,
  events: FlowMessages,
): FlowPlans {
  const numbers = messages.numbersOf(events.keys());
  const eventOf = new Map<number | undefined, FlowEvent | "elsewhere">();
  for (const [id, event] of events) eventOf.set(numbers.get(id), event);
  const plans: Int32Array[] = [];
  const byTemplate = messageOf.map((message, template) => {
    const event = eventOf.get(message);
    if (event === undefined) return NO_EVENT;
    const plan = event === "elsewhere" ? null : planOf(event, names.fieldsOf(template));
    return plan === null ? ELSEWHERE : plans.push(plan);
  });
  return { byTemplate, plans };
}

/** Null where the template lacks what the event needs, or has it where the machine does not look. */
function planOf(event: FlowEvent, fields: readonly FieldSegment[]): Int32Array | null {
  if (fields.some((field) => isElsewhere(event, field))) return null;
  const placeOf = (wanted: string | undefined): number => fields.findIndex(({ name }) => name === wanted);
  const places = FIELDS.map((field) => (placeOf(field) === -1 ? placeOf(INSTEAD[field]) : placeOf(field)));
  const isWhole = NEEDED[event].every((field) => places[FIELDS.indexOf(field)] !== -1);
  return isWhole ? Int32Array.of(FLOW_EVENTS.indexOf(event), ...places) : null;
}

function isElsewhere(event: FlowEvent, { name, type, inBrackets }: FieldSegment): boolean {
  // Of what a list tells about a rejection nothing is counted.
  const isList = isTail(type) && !(event === "rejected" && type === "envelope");
  if (name === "client" || name === "login" || name === "delivery" || name === "session") return type !== name;
  if (event === "failed" && name === "sasl_username") return inBrackets;
  return isList || inBrackets || OF_LISTS.includes(name);
}
