import type { FilePort } from "../../io/file-port.ts";
import { daemonByName, daemons, masterFields } from "../../reference/daemon.ts";
import { parameters } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import type { MasterCf, MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isSpaceCode } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { ownParameters, parameterSuggestion, valueSuggestions } from "./complete-value.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, suggestion } from "./suggestion.ts";
import { masterPlace } from "./value-at.ts";
import { isNameCode } from "./value-place.ts";

/** In master.cf: what a column takes, programs, options, and the parameters and values of `-o`. */
export async function masterSuggestions(
  context: ConfigContext,
  tree: MasterCf,
  offset: number,
  port: Pick<FilePort, "list">,
): Promise<readonly Suggestion[]> {
  const { text } = tree;
  const place = masterPlace(tree, offset);
  if (place === null) return [];
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
): readonly Suggestion[] {
  let end = offset;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  const at = span(from, end);
  const suffix = text.charAt(end) === "=" ? "" : "=";
  const set = new Set(service.overrides.map(({ name }) => name));
  const prefix = service.command === "lmtp" ? "lmtp_" : `${service.command}_`;
  const own = ownParameters(context).map((name) => suggestion({ label: name, kind: "own", span: at, rank: 4 }));
  const known = parameters
    .filter((parameter) => parameter.class !== "readonly" && isKnownIn(parameter, context.version))
    .map((parameter) => {
      const rank = set.has(parameter.name)
        ? 6
        : parameter.name.startsWith(prefix)
          ? 1
          : ALWAYS.has(parameter.name)
            ? 2
            : 4;
      return parameterSuggestion(parameter, at, rank);
    });
  return [...own, ...known].map((one) => ({ ...one, text: one.label + suffix, goesOn: suffix !== "" }));
}

/** What services are told apart by, whatever they run. */
const ALWAYS: ReadonlySet<string> = new Set([
  "syslog_name",
  "content_filter",
  "mynetworks",
  "receive_override_options",
]);

function fieldSuggestions(
  { version }: ConfigContext,
  index: number,
  text: string,
  offset: number,
): readonly Suggestion[] {
  const field = masterFields[index];
  if (field === undefined) return [];
  let start = offset;
  while (start > 0 && !isSpaceCode(text.charCodeAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && !isSpaceCode(text.charCodeAt(end))) end += 1;
  const at = span(start, end);
  if (field.name === "command") {
    return daemons
      .filter(({ since }) => version === null || hasSince(version, since))
      .map(({ name }) => suggestion({ label: name, kind: "program", span: at, topic: { kind: "program", name } }));
  }
  const words = [...field.values, ...(field.default === null ? [] : ["-"]), ...(COUNTS.get(field.name) ?? [])];
  return [...new Set(words)].map((word) =>
    suggestion({
      label: word,
      kind: "word",
      span: at,
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
function argumentSuggestions(service: MasterService, text: string, offset: number): readonly Suggestion[] {
  let start = offset;
  while (start > 0 && !isSpaceCode(text.charCodeAt(start - 1))) start -= 1;
  const at = span(start, offset);
  const given = new Set(service.arguments.map((word) => word.text.slice(0, word.text.indexOf("=") + 1)));
  const attributes = (daemonByName(service.command)?.arguments ?? []).filter(({ name }) => !given.has(name));
  return [
    suggestion({
      label: "-o",
      kind: "word",
      span: at,
      detail: "a parameter for this service",
      text: "-o ",
      rank: 2,
      goesOn: true,
    }),
    ...attributes.map(({ name, isRequired, values }) =>
      suggestion({
        label: name,
        kind: "word",
        span: at,
        detail: isRequired ? "required" : values.join(" "),
        rank: isRequired ? 1 : 3,
        goesOn: true,
      }),
    ),
  ];
}
