import type { FilePort } from "../../io/file-port.ts";
import { parameters, parameterTemplates } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import { lineFeedAt, lineStartAt } from "../../syntax/lines/line-at.ts";
import type { MainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import { span } from "../../text/span.ts";
import { parameterSuggestion, valueSuggestions } from "./complete-value.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, suggestion } from "./suggestion.ts";
import { mainPlace } from "./value-at.ts";
import { isNameCode } from "./value-place.ts";

/** In main.cf: a parameter's name at the start of a line, else what its value may hold. */
export async function mainSuggestions(
  context: ConfigContext,
  tree: MainCf,
  offset: number,
  port: Pick<FilePort, "list">,
): Promise<readonly Suggestion[]> {
  const place = mainPlace(tree, offset);
  if (place === null) return [];
  return place === "name" ? nameSuggestions(context, tree, offset) : valueSuggestions(context, place, port);
}

function nameSuggestions(context: ConfigContext, tree: MainCf, offset: number): readonly Suggestion[] {
  const { text } = tree;
  const start = lineStartAt(text, offset);
  let end = offset;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  const at = span(start, end);
  const rest = text.slice(end, lineFeedAt(text, end));
  const suffix = rest.trim() === "" ? " = " : "";
  const defined = new Set(tree.definitions.map(({ name }) => name));
  const found: Suggestion[] = [];
  for (const parameter of parameters) {
    if (parameter.class === "readonly" || !isKnownIn(parameter, context.version)) continue;
    const rank = defined.has(parameter.name) ? 5 : parameter.class === "legacy" ? 4 : 2;
    const made = parameterSuggestion(parameter, at, rank);
    found.push({ ...made, text: parameter.name + suffix, goesOn: suffix !== "" });
  }
  for (const { name, detail } of perServiceNames(context)) {
    found.push(
      suggestion({
        label: name,
        kind: "parameter",
        span: at,
        detail,
        text: name + suffix,
        rank: defined.has(name) ? 5 : 3,
        goesOn: suffix !== "",
        topic: { kind: "parameter", name },
      }),
    );
  }
  return found;
}

/** `relay_destination_concurrency_limit` and its like, for the services of master.cf that run a fitting program. */
function perServiceNames({ server }: ConfigContext): readonly { readonly name: string; readonly detail: string }[] {
  const found = new Map<string, string>();
  for (const { name, command } of server.master?.tree.services ?? []) {
    for (const { template } of parameterTemplates) {
      if (template === null || !template.programs.includes(command)) continue;
      const suffix = template.pattern.slice(template.pattern.indexOf(">") + 1);
      found.set(name + suffix, `for the service ${name}`);
    }
  }
  return [...found].map(([name, detail]) => ({ name, detail }));
}
