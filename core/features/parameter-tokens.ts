import { parameterByName } from "../reference/parameter.ts";
import type { JoinedText } from "../syntax/lines/joined-text.ts";
import { parseMainCf } from "../syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "../syntax/master-cf/parse-master-cf.ts";
import { macroReferences, parseMacros } from "../syntax/value/macro.ts";
import type { Span } from "../text/span.ts";

/** A parameter's name where it is set or referred to: what a grammar cannot know is whether Postfix has it. */
export interface ParameterToken {
  readonly span: Span;
  /** `known`: Postfix has it. `own`: the configuration's own, or a mistake. */
  readonly kind: "known" | "own";
  readonly isDeprecated: boolean;
  readonly isDefinition: boolean;
}

/** The parameter names of main.cf in order. */
export function mainCfTokens(text: string): readonly ParameterToken[] {
  return parseMainCf(text).definitions.flatMap(({ name, nameSpan, valueText }) => [
    token(name, nameSpan, true),
    ...references(valueText),
  ]);
}

/** The parameter names in the `-o` options of master.cf, in order. */
export function masterCfTokens(text: string): readonly ParameterToken[] {
  return parseMasterCf(text).services.flatMap(({ overrides }) =>
    overrides.flatMap(({ name, nameSpan, valueText }) => [token(name, nameSpan, true), ...references(valueText)]),
  );
}

function references(value: JoinedText): readonly ParameterToken[] {
  if (!value.text.includes("$")) return [];
  return macroReferences(parseMacros(value).nodes).map(({ name, nameSpan }) => token(name, nameSpan, false));
}

function token(name: string, span: Span, isDefinition: boolean): ParameterToken {
  const parameter = parameterByName(name);
  const isDeprecated = parameter !== null && (parameter.deprecated !== null || parameter.class === "removed");
  return { span, kind: parameter === null ? "own" : "known", isDeprecated, isDefinition };
}
