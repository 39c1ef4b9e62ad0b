import facts from "../generated/parameters.json" with { type: "json" };
import {
  type FactRow,
  factFlag,
  factNumber,
  factRow,
  factRows,
  factSince,
  factText,
  factTextMap,
  factTexts,
  factWord,
} from "./fact-row.ts";
import { postconfUrl } from "./manual-url.ts";

/** How a program reads a parameter's text, after postconf(5). `n…`: `$name` is expanded first. `raw`: expanded later, at each use. */
const PARAMETER_TYPES = ["bool", "nbool", "int", "nint", "long", "time", "string", "raw"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/**
 * - `builtin`: a parameter of current releases
 * - `legacy`: an older name, still read as the default of its replacement
 * - `readonly`: set by Postfix, not by main.cf
 * - `template`: one parameter a master.cf service, such as `relay_destination_concurrency_limit`
 * - `removed`: no release of today reads it
 */
const PARAMETER_CLASSES = ["builtin", "legacy", "readonly", "template", "removed"] as const;
export type ParameterClass = (typeof PARAMETER_CLASSES)[number];

/** A default as it was from `version` on. */
export interface DefaultAt {
  readonly version: string;
  readonly default: string;
}

export interface Deprecation {
  /** The release that began to warn. */
  readonly since: string;
  /** The parameter to set instead; null where the old one is simply to be left out. */
  readonly replacement: string | null;
  /** The warning as postconf and the daemons print it. */
  readonly message: string | null;
}

/** A parameter of main.cf, as the fact tables know it. */
export interface Parameter {
  readonly name: string;
  readonly class: ParameterClass;
  readonly type: ParameterType;
  /** What its value is made of, such as `maps`, `restriction_list`, `enum`, `smtp_reply_code`; null where nothing more is known. */
  readonly kind: string | null;
  /** The default of the newest release, unexpanded; null where Postfix computes it (such as `myhostname`). */
  readonly default: string | null;
  /** Oldest first; empty where the default never changed. */
  readonly defaultHistory: readonly DefaultAt[];
  /** Other defaults by platform or build, such as `linux` or `debian`, or how it is computed. */
  readonly defaultVariants: ReadonlyMap<string, string>;
  /** The unit of a time written without one: `s`, `h` or `d`. */
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  /** 1: the value may not be empty. */
  readonly minLength: number | null;
  /** The release that introduced it; null for what is as old as Postfix 1.1. */
  readonly since: string | null;
  /** Patch releases of older series that have it too. */
  readonly backportedTo: readonly string[];
  readonly deprecated: Deprecation | null;
  /** The first release without it; null if it is still there. */
  readonly removedIn: string | null;
  /** The words it takes; empty where any text will do. */
  readonly values: readonly string[];
  /** Several of `values` may stand together. */
  readonly valuesMulti: boolean;
  readonly valuesIgnoreCase: boolean;
  /** Other values than `values` are possible too. */
  readonly valuesOpen: boolean;
  readonly acceptsRestrictionList: boolean;
  readonly acceptsTables: boolean;
  /** Where a template applies: the name before the suffix, and the programs such a service must run. Else null. */
  readonly template: {
    readonly service: string;
    readonly pattern: string;
    readonly programs: readonly string[];
  } | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string | null;
}

/** Every parameter that has a name of its own, removed ones not included, ordered by name. */
export const parameters: readonly Parameter[] = factRows(facts.parameters).map((row) =>
  toParameter(row, factWord(row, "class", PARAMETER_CLASSES)),
);

export const removedParameters: readonly Parameter[] = factRows(facts.removed).map((row) =>
  toParameter(row, "removed"),
);

/** The parameters every master.cf service has, under `transport_…` names; `template.pattern` says `<transport>_…`. */
export const parameterTemplates: readonly Parameter[] = factRows(facts.templates).map((row) =>
  withTemplate(toParameter(row, "template"), row, "transport"),
);

const byName = new Map([...removedParameters, ...parameters].map((parameter) => [parameter.name, parameter]));

/** Longest suffix first, so that `x_extra_recipient_limit` is not taken for the recipient limit of a service `x_extra`. */
const templateRows = factRows(facts.templates).toSorted(
  (a, b) => (factText(b, "suffix") ?? "").length - (factText(a, "suffix") ?? "").length,
);

/**
 * The parameter of a name, removed ones and per-service names included; null for names Postfix never had. Names are case-sensitive,
 * as in Postfix. For a per-service name it does not ask whether master.cf has that service: `template.service` says which one it takes.
 */
export function parameterByName(name: string): Parameter | null {
  const own = byName.get(name) ?? otherNames.get(name);
  if (own !== undefined) return own;
  const other = perServiceParameter(name);
  if (otherNames.size >= MOST_OTHER_NAMES) otherNames.clear();
  // Put together anew: a piece of a text keeps the whole text alive.
  if (name.length <= LONGEST_OTHER_NAME) otherNames.set(name.split("").join(""), other);
  return other;
}

/** What was asked before: of a configuration's own names the rules ask again and again. */
const otherNames = new Map<string, Parameter | null>();
const MOST_OTHER_NAMES = 2000;
const LONGEST_OTHER_NAME = 100;

function perServiceParameter(name: string): Parameter | null {
  for (const row of templateRows) {
    const suffix = factText(row, "suffix") ?? "";
    const service = name.slice(0, -suffix.length);
    if (service === "" || !name.endsWith(suffix)) continue;
    return { ...withTemplate(toParameter(row, "template"), row, service), name };
  }
  return null;
}

function withTemplate(parameter: Parameter, row: FactRow, service: string): Parameter {
  const pattern = factText(row, "pattern") ?? "";
  return { ...parameter, template: { service, pattern, programs: factTexts(row, "applies_to_programs") } };
}

function toParameter(row: FactRow, parameterClass: ParameterClass): Parameter {
  const name = factText(row, "name") ?? "";
  return {
    name,
    class: parameterClass,
    type: factWord(row, "type", PARAMETER_TYPES),
    kind: factText(row, "kind"),
    default: factText(row, "default"),
    defaultHistory: factRows(row["default_history"]).map((at) => ({
      version: factText(at, "version") ?? "",
      default: factText(at, "default") ?? "",
    })),
    defaultVariants: factTextMap(row, "default_variants"),
    unit: factText(row, "unit"),
    min: factNumber(row, "min"),
    max: factNumber(row, "max"),
    minLength: factNumber(row, "min_length"),
    since: factSince(row),
    backportedTo: factTexts(row, "backported_to"),
    deprecated: toDeprecation(row),
    removedIn: factText(row, "removed_in"),
    values: factTexts(row, "values"),
    valuesMulti: factFlag(row, "values_multi"),
    valuesIgnoreCase: factText(row, "values_case") === "insensitive",
    valuesOpen: factFlag(factRow(row["values_extra"]), "open"),
    acceptsRestrictionList: factFlag(row, "accepts_restriction_list"),
    acceptsTables: factFlag(row, "accepts_tables"),
    template: null,
    description: factText(row, "description") ?? "",
    manualUrl: parameterClass === "removed" ? null : postconfUrl(name),
  };
}

function toDeprecation(row: FactRow): Deprecation | null {
  const deprecated = factRow(row["deprecated"]);
  const since = factText(deprecated, "warned_since");
  const replacement = factText(deprecated, "replacement");
  return since === null ? null : { since, replacement, message: factText(deprecated, "postconf_says") };
}
