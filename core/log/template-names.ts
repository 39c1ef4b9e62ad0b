import type { Template } from "./matcher.ts";
import { type FieldSegment, parseTemplate } from "./template.ts";

/** What is to be known of a template that is compiled. */
export type NamedTemplate = Pick<Template, "id" | "layer" | "text">;

/** What a matcher's numbers stand for: templates by their place in the list. */
export interface TemplateNames {
  readonly templates: readonly NamedTemplate[];
  idOf(template: number): string;
  /** The entry that explains a message; null for none, and for -1. */
  entryOf(template: number): string | null;
  /** Read when first asked for: few of the templates ever fit a line. */
  fieldsOf(template: number): readonly FieldSegment[];
}

/** @param explained entry ids by message id */
export function describeTemplates(
  templates: readonly NamedTemplate[],
  explained: ReadonlyMap<string, string>,
): TemplateNames {
  const fields: (readonly FieldSegment[] | undefined)[] = [];

  function fieldsOf(template: number): readonly FieldSegment[] {
    const known = fields[template];
    if (known !== undefined) return known;
    const text = templates[template]?.text;
    const read = text === undefined ? [] : parseTemplate(text).filter((segment) => segment.kind === "field");
    fields[template] = read;
    return read;
  }

  return {
    templates,
    idOf: (template) => templates[template]?.id ?? "",
    entryOf(template) {
      const { id, layer } = templates[template] ?? {};
      return id === undefined || layer !== "message" ? null : (explained.get(id) ?? null);
    },
    fieldsOf,
  };
}
