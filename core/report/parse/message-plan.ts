import { FIELDS_OF_TAIL, isTail } from "../../log/field-tails.ts";
import type { LogEngine } from "../../log/log-engine.ts";
import { type FieldSegment, parseTemplate } from "../../log/template.ts";
import type { KnownTemplates } from "../../log/template-list.ts";

/** The fields that one field gives besides itself: the parts of a client, or of a list the attributes, in the order in which they stand in the line. */
export interface PlannedParts {
  readonly fields: readonly number[];
  readonly isList: boolean;
}

/** The fields that lines of a message may have, by their numbers in the engine's scanners, in the order in which `LogEngine.readLine` has them. */
export interface MessagePlan {
  readonly own: readonly number[];
  readonly parts: readonly PlannedParts[];
  /** The name of one of them. */
  readonly nameOf: (number: number) => string;
}

/**
 * Which fields to ask a scanner for, by the number of its message. Null for a message whose forms have different fields, so that its number does not tell the
 * order.
 */
export function messagePlans({ known, scanNames }: LogEngine): (message: number) => MessagePlan | null {
  // Few messages ever come: each is planned when it first does.
  const plans: (MessagePlan | null | undefined)[] = [];
  return (message) => {
    const planned = plans[message];
    if (planned !== undefined) return planned;
    const made = planOf(formsOf(known, message), (name) => scanNames.field(name));
    plans[message] = made;
    return made;
  };
}

function formsOf({ messageOf, texts }: KnownTemplates, message: number): readonly string[] {
  const forms: string[] = [];
  for (const [template, own] of messageOf.entries()) {
    const text = own === message ? texts.at(template) : null;
    if (text !== null) forms.push(text);
  }
  return forms;
}

const CLIENT_PARTS = ["name", "address", "port"] as const;

function planOf(forms: readonly string[], numberOf: (name: string) => number): MessagePlan | null {
  const fields = forms.map((form) => parseTemplate(form).filter((segment) => segment.kind === "field"));
  const [most, ...others] = fields.toSorted((one, other) => other.length - one.length);
  if (most === undefined || !others.every((form) => isWithin(form, most))) return null;
  const own = new Set(most.map(({ name }) => name));
  const parts = most.filter(hasParts).map((field) => ({
    names: partsOf(field).filter((name) => !own.has(name)),
    isList: field.type !== "client",
  }));
  const all = parts.flatMap(({ names }) => names);
  // Which of two fields gives a part is decided by the line.
  if (new Set(all).size !== all.length) return null;
  const nameOf = new Map<number, string>();
  const planned = (name: string): number => {
    const number = numberOf(name);
    nameOf.set(number, name);
    return number;
  };
  return {
    own: most.map(({ name }) => planned(name)),
    parts: parts.map(({ names, isList }) => ({ fields: names.map(planned), isList })),
    nameOf: (number) => nameOf.get(number) ?? "",
  };
}

/** Whether a form's fields are some of another's, in their order, and its parts are the same. */
function isWithin(form: readonly FieldSegment[], most: readonly FieldSegment[]): boolean {
  let at = 0;
  for (const { name } of form) {
    while (at < most.length && most[at]?.name !== name) at += 1;
    if (at === most.length) return false;
    at += 1;
  }
  const partsIn = (fields: readonly FieldSegment[]): string =>
    fields
      .filter(hasParts)
      .map(({ name, type }) => `${name}:${type}`)
      .join(" ");
  const own = new Set(form.map(({ name }) => name));
  const isTold = (name: string): boolean => form.filter(hasParts).some((field) => partsOf(field).includes(name));
  // What is a field of its own in one form and a part in another has two places.
  return partsIn(form) === partsIn(most) && most.every(({ name }) => own.has(name) || !isTold(name));
}

function hasParts({ type }: FieldSegment): boolean {
  return type === "client" || isTail(type);
}

function partsOf({ name, type }: FieldSegment): readonly string[] {
  if (isTail(type)) return FIELDS_OF_TAIL[type];
  return CLIENT_PARTS.map((part) => `${name}_${part}`);
}
