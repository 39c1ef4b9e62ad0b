import { type FieldSegment, parseTemplate } from "./template.ts";
import type { KnownTemplates } from "./template-list.ts";

/** What a matcher's numbers stand for: templates by their place in the list, -1 for none. */
export interface TemplateNames {
  /** The id of its message or entry. */
  idOf(template: number): string;
  /** The id of its entry, or of the entry that explains its message; null for none. */
  entryOf(template: number): string | null;
  /** Read when first asked for: few of the templates ever fit a line. */
  fieldsOf(template: number): readonly FieldSegment[];
}

export function describeTemplates({ messages, entries, messageOf, entryOf, texts }: KnownTemplates): TemplateNames {
  const fields: (readonly FieldSegment[] | undefined)[] = [];
  const entryIdOf = (template: number): string | null => entries.at(entryOf[template] ?? -1);

  return {
    idOf: (template) => messages.at(messageOf[template] ?? -1) ?? entryIdOf(template) ?? "",
    entryOf: entryIdOf,
    fieldsOf(template) {
      const known = fields[template];
      if (known !== undefined) return known;
      const text = texts.at(template);
      const read = text === null ? [] : parseTemplate(text).filter((segment) => segment.kind === "field");
      fields[template] = read;
      return read;
    },
  };
}
