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
import { parameterFacts } from "./parameter-facts.ts";

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

interface Facts {
  readonly parameters: readonly FactRow[];
  readonly removed: readonly FactRow[];
  /** Longest suffix first, so that `x_extra_recipient_limit` is not taken for the recipient limit of a service `x_extra`. */
  readonly templates: readonly FactRow[];
  /** Removed ones too. Of two of one name the one that is still there. */
  readonly byName: ReadonlyMap<string, { readonly row: FactRow; readonly class: ParameterClass }>;
}

let known: Facts | null = null;

/** Half a megabyte, which is read when the first parameter is asked for: most programs that import this ask for none. */
function facts(): Facts {
  known ??= indexFacts();
  return known;
}

function indexFacts(): Facts {
  const all = parameterFacts();
  const [parameterRows, removed] = [factRows(all.parameters), factRows(all.removed)];
  const suffixLength = (row: FactRow): number => (factText(row, "suffix") ?? "").length;
  const nameOf = (row: FactRow): string => factText(row, "name") ?? "";
  return {
    parameters: parameterRows,
    removed,
    templates: factRows(all.templates).toSorted((one, other) => suffixLength(other) - suffixLength(one)),
    byName: new Map([
      ...removed.map((row) => [nameOf(row), { row, class: "removed" }] as const),
      ...parameterRows.map((row) => [nameOf(row), { row, class: factWord(row, "class", PARAMETER_CLASSES) }] as const),
    ]),
  };
}

/** Every parameter that has a name of its own, removed ones not included, ordered by name. */
export function allParameters(): readonly Parameter[] {
  parameterList ??= facts().parameters.flatMap((row) => parameterByName(factText(row, "name") ?? "") ?? []);
  return parameterList;
}

let parameterList: readonly Parameter[] | null = null;

export function removedParameters(): readonly Parameter[] {
  return facts().removed.map((row) => toParameter(row, "removed"));
}

/** The parameters every master.cf service has, under `transport_…` names; `template.pattern` says `<transport>_…`. */
export function parameterTemplates(): readonly Parameter[] {
  return factRows(parameterFacts().templates).map((row) =>
    withTemplate(toParameter(row, "template"), row, "transport"),
  );
}

/**
 * The parameter of a name, removed ones and per-service names included; null for names Postfix never had. Names are case-sensitive,
 * as in Postfix. For a per-service name it does not ask whether master.cf has that service: `template.service` says which one it takes.
 */
export function parameterByName(name: string): Parameter | null {
  const own = ownParameter(name) ?? otherNames.get(name);
  if (own !== undefined) return own;
  const other = perServiceParameter(name);
  if (otherNames.size >= MOST_OTHER_NAMES) otherNames.clear();
  // Put together anew: a piece of a text keeps the whole text alive.
  if (name.length <= LONGEST_OTHER_NAME) otherNames.set(name.split("").join(""), other);
  return other;
}

/** Those that were asked for. */
const ownParameters = new Map<string, Parameter>();

function ownParameter(name: string): Parameter | undefined {
  const made = ownParameters.get(name);
  if (made !== undefined) return made;
  const fact = facts().byName.get(name);
  if (fact === undefined) return undefined;
  const parameter = toParameter(fact.row, fact.class);
  ownParameters.set(parameter.name, parameter);
  return parameter;
}

/** What was asked before: of a configuration's own names the rules ask again and again. */
const otherNames = new Map<string, Parameter | null>();
const MOST_OTHER_NAMES = 2000;
const LONGEST_OTHER_NAME = 100;

function perServiceParameter(name: string): Parameter | null {
  for (const row of facts().templates) {
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
