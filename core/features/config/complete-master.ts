import type { FilePort } from "../../io/file-port.ts";
import { daemonByName, daemons, type MasterField, masterFields } from "../../reference/daemon.ts";
import { allParameters } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import type { MasterCf, MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isSpaceCode } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { ownParameters, parameterSuggestion, valueSuggestions } from "./complete-value.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, type Suggestions, suggestion } from "./suggestion.ts";
import { masterPlace } from "./value-at.ts";
import { isNameCode } from "./value-place.ts";

/** In master.cf: what a column takes, programs, options, and the parameters and values of `-o`. */
export async function masterSuggestions(
  context: ConfigContext,
  tree: MasterCf,
  offset: number,
  port: Pick<FilePort, "list">,
): Promise<Suggestions> {
  const { text } = tree;
  const place = masterPlace(tree, offset);
  if (place === null) return { span: span(offset, offset), all: [] };
  if ("parameter" in place) return valueSuggestions(context, place, port);
  const { service, optionFrom } = place;
  if (optionFrom !== null) return optionNames(context, service, text, optionFrom, offset);
  const before = service.fields.filter((field) => field.span.end < offset).length;
  return before < masterFields.length
    ? fieldSuggestions(context, before, text, offset)
    : argumentSuggestions(service, text, offset);
}

function optionNames(
  context: ConfigContext,
  service: MasterService,
  text: string,
  from: number,
  offset: number,
): Suggestions {
  let end = offset;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  const at = span(from, end);
  const suffix = text.charAt(end) === "=" ? "" : "=";
  const set = new Set(service.overrides.map(({ name }) => name));
  const prefix = service.command === "lmtp" ? "lmtp_" : `${service.command}_`;
  const own = ownParameters(context).map((name) => suggestion({ label: name, kind: "own", rank: 4 }));
  const known = allParameters()
    .filter((parameter) => parameter.class !== "readonly" && isKnownIn(parameter, context.version))
    .map((parameter) => {
      const rank = set.has(parameter.name)
        ? 6
        : parameter.name.startsWith(prefix)
          ? 1
          : ALWAYS.has(parameter.name)
            ? 2
            : 4;
      return parameterSuggestion(parameter, rank);
    });
  return { span: at, all: [...own, ...known].map((one) => ({ ...one, text: one.label + suffix })) };
}

/** What services are told apart by, whatever they run. */
const ALWAYS: ReadonlySet<string> = new Set([
  "syslog_name",
  "content_filter",
  "mynetworks",
  "receive_override_options",
]);

function fieldSuggestions({ version }: ConfigContext, index: number, text: string, offset: number): Suggestions {
  const field = masterFields[index];
  let start = offset;
  while (start > 0 && !isSpaceCode(text.charCodeAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && !isSpaceCode(text.charCodeAt(end))) end += 1;
  return { span: span(start, end), all: field === undefined ? [] : fieldValues(version, field) };
}

function fieldValues(version: PostfixVersion | null, field: MasterField): readonly Suggestion[] {
  if (field.name === "command") {
    return daemons
      .filter(({ since }) => version === null || hasSince(version, since))
      .map(({ name }) => suggestion({ label: name, kind: "program", topic: { kind: "program", name } }));
  }
  const words = [...field.values, ...(field.default === null ? [] : ["-"]), ...(COUNTS.get(field.name) ?? [])];
  return [...new Set(words)].map((word) =>
    suggestion({
      label: word,
      kind: "word",
      detail: word === "-" && field.default !== null ? `default: ${field.default}` : field.name,
      rank: word === "-" ? 2 : 3,
      topic: { kind: "column", name: field.name },
    }),
  );
}

const COUNTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["wakeup", ["60", "300", "1000?"]],
  ["maxproc", ["0", "1"]],
]);

/** `-o`, and what pipe(8) and spawn(8) take besides. */
function argumentSuggestions(service: MasterService, text: string, offset: number): Suggestions {
  let start = offset;
  while (start > 0 && !isSpaceCode(text.charCodeAt(start - 1))) start -= 1;
  const given = new Set(service.arguments.map((word) => word.text.slice(0, word.text.indexOf("=") + 1)));
  const attributes = (daemonByName(service.command)?.arguments ?? []).filter(({ name }) => !given.has(name));
  const all = [
    suggestion({
      label: "-o",
      kind: "word",
      detail: "a parameter for this service",
      text: "-o ",
      rank: 2,
    }),
    ...attributes.map(({ name, isRequired, values }) =>
      suggestion({
        label: name,
        kind: "word",
        detail: isRequired ? "required" : values.join(" "),
        rank: isRequired ? 1 : 3,
      }),
    ),
  ];
  return { span: span(start, offset), all };
}
