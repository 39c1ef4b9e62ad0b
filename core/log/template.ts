import { isFieldName } from "./field-name.ts";
import { type FieldRule, type FieldType, isFieldType, ruleOf, typeOfName } from "./field-types.ts";
import { encodeUtf8 } from "./utf8.ts";

/** Literal bytes of a template. Never empty. */
export interface LiteralSegment {
  readonly kind: "literal";
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A place where a line's own value stands. */
export interface FieldSegment {
  readonly kind: "field";
  readonly name: string;
  readonly type: FieldType;
  readonly rule: FieldRule;
  /** It takes the rest of a line behind a `(` that the template leaves open: the `)` at the line's end is not its own. */
  readonly inBrackets: boolean;
}

export type Segment = LiteralSegment | FieldSegment;

/**
 * A template that does not follow the notation. Templates are our own data: this is a mistake in a file of the house.
 */
export class TemplateError extends Error {
  /** UTF-16 offset in the template. */
  readonly position: number;

  constructor(template: string, position: number, problem: string) {
    super(`${problem} at ${position} in template: ${template}`);
    this.name = "TemplateError";
    this.position = position;
  }
}

/**
 * Read the template notation: literal text with `{field}` or `{field:type}`, `{{` for a literal brace (`}` stands for
 * itself). A field's name is lower-case letters, digits and `_`, and unique in its template; without a type the name
 * decides (field-types.ts). An open field must be followed by a literal, by the `envelope` tail, or by nothing.
 * @throws TemplateError with the position, for anything else.
 */
export function parseTemplate(template: string): readonly Segment[] {
  const segments: Segment[] = [];
  let literal = "";
  let at = 0;
  const flush = (): void => {
    if (literal !== "") segments.push({ kind: "literal", text: literal, bytes: encodeUtf8(literal) });
    literal = "";
  };
  while (at < template.length) {
    const brace = template.indexOf("{", at);
    const next = brace === -1 ? template.length : brace;
    literal += template.slice(at, next);
    at = next;
    if (brace === -1) break;
    if (template[at + 1] === "{") {
      literal += "{";
      at += 2;
    } else {
      const bracketed = literal.endsWith("<");
      flush();
      const close = template.indexOf("}", at);
      if (close === -1) throw new TemplateError(template, at, "a field without its closing brace");
      const field = readField(template, at, close, { bracketed, open: opensMore(template.slice(0, at)) });
      checkPlace(template, at, field, segments);
      segments.push(field);
      at = close + 1;
    }
  }
  flush();
  if (segments.length === 0) throw new TemplateError(template, 0, "nothing to match");
  const rest = segments.findIndex((segment) => segment.kind === "field" && segment.type === "rest");
  if (rest !== -1 && rest !== segments.length - 1)
    throw new TemplateError(template, at, "a field of type rest must be last");
  return segments;
}

/** More `(` than `)`. */
function opensMore(text: string): boolean {
  return text.split("(").length > text.split(")").length;
}

function readField(
  template: string,
  open: number,
  close: number,
  before: { readonly bracketed: boolean; readonly open: boolean },
): FieldSegment {
  const inside = template.slice(open + 1, close);
  const colon = inside.indexOf(":");
  const name = colon === -1 ? inside : inside.slice(0, colon);
  if (!isFieldName(name)) throw new TemplateError(template, open, `no field name: "${name}"`);
  const typeName = colon === -1 ? typeOfName(name) : inside.slice(colon + 1);
  if (!isFieldType(typeName)) throw new TemplateError(template, open, `no field type: "${typeName}"`);
  const inBrackets = typeName === "rest" && before.open;
  return { kind: "field", name, type: typeName, rule: ruleOf(typeName, before.bracketed), inBrackets };
}

function checkPlace(template: string, at: number, field: FieldSegment, before: readonly Segment[]): void {
  if (before.some((segment) => segment.kind === "field" && segment.name === field.name)) {
    throw new TemplateError(template, at, `a second field "${field.name}"`);
  }
  const previous = before.at(-1);
  if (previous?.kind !== "field") return;
  if (previous.rule !== "closed" && field.type !== "envelope") {
    throw new TemplateError(template, at, `nothing tells where "${previous.name}" ends and "${field.name}" starts`);
  }
}
