import type { FilePort } from "../../io/file-port.ts";
import { onceEachWord, oncePer } from "../../memory/remember.ts";
import { allParameters, parameterTemplates } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import type { PostfixVersion } from "../../reference/postfix-version.ts";
import { lineFeedAt, lineStartAt } from "../../syntax/lines/line-at.ts";
import type { MainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import type { MasterCf } from "../../syntax/master-cf/parse-master-cf.ts";
import { span } from "../../text/span.ts";
import { parameterSuggestion, valueSuggestions } from "./complete-value.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, type Suggestions, suggestion } from "./suggestion.ts";
import { mainPlace } from "./value-at.ts";
import { isNameCode } from "./value-place.ts";

/** In main.cf: a parameter's name at the start of a line, else what its value may hold. */
export async function mainSuggestions(
  context: ConfigContext,
  tree: MainCf,
  offset: number,
  port: Pick<FilePort, "list">,
): Promise<Suggestions> {
  const place = mainPlace(tree, offset);
  if (place === null) return { span: span(offset, offset), all: [] };
  return place === "name" ? nameSuggestions(context, tree, offset) : valueSuggestions(context, place, port);
}

function nameSuggestions({ version, server }: ConfigContext, tree: MainCf, offset: number): Suggestions {
  const { text } = tree;
  const start = lineStartAt(text, offset);
  let end = offset;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  const rest = text.slice(end, lineFeedAt(text, end));
  const suffix = rest.trim() === "" ? " = " : "";
  const defined = new Set(tree.definitions.map(({ name }) => name));
  const known = version === null ? namesOf(suffix, null) : namesOfRelease(version)(suffix);
  const own = server.master === null ? [] : perServiceNames(server.master.tree)(suffix);
  const all = [...known, ...own].map(({ first, again }) => (defined.has(first.label) ? again : first));
  return { span: span(start, end), all };
}

/** A name as it is offered, and as it is where the file has it already. */
interface OfferedName {
  readonly first: Suggestion;
  readonly again: Suggestion;
}

/** There are more than a thousand, and they are asked for while somebody types: the same objects each time, so that what is made of them is kept too. */
const parameterNames = onceEachWord((suffix) =>
  allParameters()
    .filter((parameter) => parameter.class !== "readonly")
    .map((parameter) => {
      const ranked = (rank: number): Suggestion => ({
        ...parameterSuggestion(parameter, rank),
        text: parameter.name + suffix,
      });
      return { parameter, first: ranked(parameter.class === "legacy" ? 4 : 2), again: ranked(5) };
    }),
);

function namesOf(suffix: string, version: PostfixVersion | null): readonly OfferedName[] {
  return parameterNames(suffix).filter(({ parameter }) => isKnownIn(parameter, version));
}

const namesOfRelease = oncePer((version: PostfixVersion) => onceEachWord((suffix) => namesOf(suffix, version)));

/** `relay_destination_concurrency_limit` and its like, for the services of master.cf that run a fitting program. */
const perServiceNames = oncePer((tree: MasterCf) => {
  const found = new Map<string, string>();
  const templates = parameterTemplates();
  for (const { name, command } of tree.services) {
    for (const { template } of templates) {
      if (template === null || !template.programs.includes(command)) continue;
      const suffix = template.pattern.slice(template.pattern.indexOf(">") + 1);
      found.set(name + suffix, `for the service ${name}`);
    }
  }
  return onceEachWord((suffix): readonly OfferedName[] =>
    [...found].map(([name, detail]) => {
      const topic = { kind: "parameter", name } as const;
      const first = suggestion({ label: name, kind: "parameter", detail, text: name + suffix, rank: 3, topic });
      return { first, again: { ...first, rank: 5 } };
    }),
  );
});
