import type { Daemon, MasterField } from "../reference/daemon.ts";
import { logTermDescription } from "../reference/log-term.ts";
import type { Parameter } from "../reference/parameter.ts";
import type { Restriction } from "../reference/restriction.ts";
import type { EnhancedStatus, ReplyCode } from "../reference/status-code.ts";
import type { TableType } from "../reference/table-type.ts";
import { codeSpan } from "../text/escape-markdown.ts";

/** Reference prose as hover text. Everything here is our own data but for what is passed through `codeSpan`. */

export function parameterMarkdown(parameter: Parameter): string {
  return paragraphs(
    `**${codeSpan(parameter.name)}** · ${parameter.class === "removed" ? "removed parameter" : `parameter, ${valueKind(parameter)}`}`,
    deprecation(parameter),
    parameter.description,
    facts([
      ["Default", defaultText(parameter)],
      ["Values", parameter.values.map((value) => codeSpan(value)).join(", ")],
      ["Since", sinceText(parameter)],
      ["Removed in", parameter.removedIn === null ? "" : `Postfix ${parameter.removedIn}`],
    ]),
    parameter.manualUrl === null ? "" : `[postconf(5)](${parameter.manualUrl})`,
  );
}

export function restrictionMarkdown(restriction: Restriction): string {
  const argument = restriction.argument === null ? "" : ` ${codeSpan(restriction.argument)}`;
  const gone = restriction.removed ?? restriction.deprecated;
  return paragraphs(
    `**${codeSpan(restriction.name)}**${argument} · restriction`,
    gone === null
      ? ""
      : `*${restriction.removed === null ? "Deprecated" : "Removed"}.* Write ${codeSpan(gone.replacement)} instead.`,
    restriction.description,
    facts([
      ["Answers with", answer(restriction)],
      ["Since", restriction.since === null ? "" : `Postfix ${restriction.since}`],
    ]),
    restriction.manualUrl === null ? "" : `[postconf(5)](${restriction.manualUrl})`,
  );
}

export function replyMarkdown(reply: ReplyCode): string {
  const name = reply.name === null ? "" : ` · ${reply.name}`;
  return paragraphs(`**${reply.code}** · SMTP reply code${name}`, reply.description);
}

/** The whole code where a standard registers it, else what its parts say. */
export function enhancedMarkdown(status: EnhancedStatus): string {
  const { detail, subject } = status;
  const name = detail === null ? "" : ` · ${detail.name}`;
  return paragraphs(
    `**${status.code}** · enhanced status code${name}`,
    detail?.description ?? subject?.description ?? "",
    `**${status.class.digit}.x.x**: ${status.class.description}`,
  );
}

export function daemonMarkdown(daemon: Daemon): string {
  const since = daemon.since === null ? "" : ` · since Postfix ${daemon.since}`;
  return paragraphs(
    `**${daemon.name}** · Postfix program${since}`,
    daemon.description,
    `[${daemon.name}(8)](${daemon.manualUrl})`,
  );
}

export function masterFieldMarkdown(field: MasterField): string {
  return paragraphs(
    `**${field.name}** · column ${field.index + 1} of master.cf`,
    field.description,
    facts([["Default", field.default === null ? "" : codeSpan(field.default)]]),
    `[master(5)](${field.manualUrl})`,
  );
}

export function tableTypeMarkdown(type: TableType): string {
  return paragraphs(
    `**${type.type}:** · lookup table type`,
    type.description,
    type.isIndexed ? "Run `postmap` after every change of the source file." : "",
    `[Manual](${type.manualUrl})`,
  );
}

/** `a/b/c/d` of a delivery, in seconds, each part said in words. `values` has the four numbers as written, or none for the general text. */
export function delaysMarkdown(values: readonly string[]): string {
  const parts = (["a", "b", "c", "d"] as const).map((term, index) => {
    const value = values[index];
    return `- **${term}**${value === undefined ? "" : ` ${codeSpan(value)}`}: ${oneLine(logTermDescription(term))}`;
  });
  return paragraphs("**delays=a/b/c/d** · where the time went, in seconds", parts.join("\n"));
}

export function termMarkdown(term: "queue id" | "conn_use" | "status", shown: string): string {
  return paragraphs(`**${codeSpan(shown)}** · ${term}`, logTermDescription(term));
}

function deprecation(parameter: Parameter): string {
  if (parameter.deprecated === null) return "";
  const { since, replacement } = parameter.deprecated;
  const instead = replacement === null ? "leave it out" : `use ${codeSpan(replacement)}`;
  return `*Deprecated since Postfix ${since}*: ${instead}.`;
}

/** A release of an older series may have it too: whoever runs one must not be told that it lacks it. */
function sinceText({ since, backportedTo }: Parameter): string {
  if (since === null) return "";
  const older = backportedTo.length === 0 ? "" : `, and in older series from ${backportedTo.join(", ")} on`;
  return `Postfix ${since}${older}`;
}

function defaultText(parameter: Parameter): string {
  if (parameter.class === "removed") return "";
  if (parameter.default === null) return "computed by Postfix";
  return parameter.default === "" ? "empty" : codeSpan(parameter.default);
}

const KIND: Readonly<Record<Parameter["type"], string>> = {
  bool: "yes or no",
  nbool: "yes or no",
  int: "a number",
  nint: "a number",
  long: "a number",
  time: "a time",
  string: "text",
  raw: "text, expanded at each use",
};

function valueKind(parameter: Parameter): string {
  if (parameter.acceptsRestrictionList) return "a list of restrictions";
  if (parameter.type === "time" && parameter.unit !== null)
    return `a time (in ${parameter.unit} where no unit is given)`;
  return KIND[parameter.type];
}

function answer(restriction: Restriction): string {
  return [restriction.replyCode, restriction.dsn].flatMap((part) => (part === null ? [] : [codeSpan(part)])).join(" ");
}

function facts(rows: readonly (readonly [label: string, value: string])[]): string {
  const shown = rows.filter(([, value]) => value !== "").map(([label, value]) => `${label}: ${value}`);
  return shown.join(" · ");
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function oneLine(text: string): string {
  return text.replaceAll("\n", " ");
}
