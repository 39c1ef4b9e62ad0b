import type { Template } from "./matcher.ts";
import type { NamedTemplate } from "./template-names.ts";

/** What an engine needs to know of its templates once they are compiled. */
export interface KnownTemplates {
  readonly templates: readonly NamedTemplate[];
  /** Entry ids by the ids of the messages they explain. */
  readonly explained: ReadonlyMap<string, string>;
}

/** Templates as text that is quickly read: how many messages the entries explain, a line for each of these, then a line for each template. */
export function writeTemplateList(templates: readonly Template[], explained: ReadonlyMap<string, string>): string {
  const lines = [
    String(explained.size),
    ...Array.from(explained, ([message, entry]) => `${message} ${entry}`),
    ...templates.map(({ id, layer, text }) => `${layer === "entry" ? ENTRY : MESSAGE}${id} ${text}`),
  ];
  const broken = lines.find((line) => line.includes("\n"));
  if (broken !== undefined) throw new Error(`a line break in a template: ${broken}`);
  return lines.join("\n");
}

/** What `writeTemplateList` wrote. */
export function readTemplateList(list: string): KnownTemplates {
  const lines = list.split("\n");
  const firstTemplate = 1 + Number(lines[0]);
  const explained = new Map<string, string>();
  for (let at = 1; at < firstTemplate; at += 1) {
    const line = lines[at] ?? "";
    const gap = line.indexOf(" ");
    explained.set(line.slice(0, gap), line.slice(gap + 1));
  }
  const templates: NamedTemplate[] = [];
  for (let at = firstTemplate; at < lines.length; at += 1) templates.push(readTemplate(lines[at] ?? ""));
  return { templates, explained };
}

const ENTRY = "e";
const MESSAGE = "m";

function readTemplate(line: string): NamedTemplate {
  const gap = line.indexOf(" ");
  return { id: line.slice(1, gap), layer: line.startsWith(ENTRY) ? "entry" : "message", text: line.slice(gap + 1) };
}
