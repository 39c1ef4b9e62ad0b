import type { Template } from "./matcher.ts";
import type { NamedTemplate } from "./template-names.ts";

/** What an engine needs to know of its templates once they are compiled. */
export interface KnownTemplates {
  readonly templates: readonly NamedTemplate[];
  /** Entry ids by the ids of the messages they explain. */
  readonly explained: ReadonlyMap<string, string>;
}

interface Written {
  readonly templates: readonly NamedTemplate[];
  readonly explained: readonly (readonly [message: string, entry: string])[];
}

/** Templates as JSON, which engines read faster than anything of ours. */
export function writeTemplateList(templates: readonly Template[], explained: ReadonlyMap<string, string>): string {
  const named = templates.map(({ id, layer, text }) => ({ id, layer, text }));
  const written: Written = { templates: named, explained: [...explained] };
  return JSON.stringify(written);
}

/** What `writeTemplateList` wrote. */
export function readTemplateList(list: string): KnownTemplates {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeTemplateList, in the same build
  const { templates, explained } = JSON.parse(list) as Written;
  return { templates, explained: new Map(explained) };
}
