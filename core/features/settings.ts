import type { EntrySeverity } from "../catalogue/entry.ts";
import type { FormatStyle } from "./config/format-style.ts";
import type { HintKind } from "./config/inlay-hints.ts";
import declared from "./settings.json" with { type: "json" };

/** What the user may set, with the prefix `postmaster.` in the editor. Names, defaults and bounds stand in settings.json. */
export interface Settings {
  readonly configDirectory: string;
  readonly iredapdSettings: string;
  readonly dovecotConfig: string;
  readonly postfixVersion: string;
  readonly postfixCommandDirectory: string;
  readonly tableTypes: readonly string[];
  /** A severity of the user's own by rule id, or `off`. */
  readonly ruleSeverity: Readonly<Record<string, EntrySeverity | "off">>;
  readonly operatingSystem: "auto" | "debian" | "rhel" | "freebsd" | "openbsd";
  readonly maxPerEntry: number;
  readonly maxProblems: number;
  readonly showBenign: boolean;
  readonly formatStyle: FormatStyle;
  readonly hints: ReadonlySet<HintKind>;
  readonly codeLens: boolean;
}

const HINTS = ["values", "duplicates", "overrides"] as const;
const SEVERITY_WORDS: ReadonlyMap<unknown, EntrySeverity | "off"> = new Map([
  ["off", "off"],
  ["hint", "hint"],
  ["info", "information"],
  ["warning", "warning"],
  ["error", "error"],
] as const);

const SYSTEMS = ["auto", "debian", "rhel", "freebsd", "openbsd"] as const;

/**
 * Reads the `postmaster` section an editor sent. Anything of a wrong type or out of bounds counts as not set: a mistake in a settings file
 * must not stop the server.
 */
export function readSettings(section: unknown): Settings {
  return {
    configDirectory: text(section, "configDirectory", declared.configDirectory.default),
    iredapdSettings: text(section, "iredapdSettings", declared.iredapdSettings.default),
    dovecotConfig: text(section, "dovecotConfig", declared.dovecotConfig.default),
    postfixVersion: text(section, "postfixVersion", declared.postfixVersion.default),
    postfixCommandDirectory: text(section, "postfixCommandDirectory", declared.postfixCommandDirectory.default),
    tableTypes: texts(section, "tableTypes"),
    ruleSeverity: severities(section, "rules.severity"),
    operatingSystem: SYSTEMS.find((system) => system === lookUp(section, "operatingSystem")) ?? "auto",
    maxPerEntry: integer(section, "problems.maxPerEntry", declared["problems.maxPerEntry"]),
    maxProblems: integer(section, "problems.max", declared["problems.max"]),
    showBenign: boolean(section, "problems.showBenign", declared["problems.showBenign"].default),
    formatStyle: lookUp(section, "format.style") === "flat" ? "flat" : "aligned",
    hints: new Set(
      HINTS.filter((kind) => boolean(section, `inlayHints.${kind}`, declared[`inlayHints.${kind}`].default)),
    ),
    codeLens: boolean(section, "codeLens", declared.codeLens.default),
  };
}

/** What holds where nothing is set. */
export const defaultSettings: Settings = readSettings(null);

/** Editors send `problems.max` as nested objects or as one key with a dot; both are read. */
function lookUp(section: unknown, key: string): unknown {
  if (typeof section !== "object" || section === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...section };
  if (Object.hasOwn(fields, key)) return fields[key];
  const dot = key.indexOf(".");
  return dot === -1 ? undefined : lookUp(fields[key.slice(0, dot)], key.slice(dot + 1));
}

function text(section: unknown, key: string, otherwise: string): string {
  const value = lookUp(section, key);
  return typeof value === "string" ? value.trim() : otherwise;
}

function texts(section: unknown, key: string): readonly string[] {
  const value = lookUp(section, key);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** What is no severity counts as not set, one by one. */
function severities(section: unknown, key: string): Readonly<Record<string, EntrySeverity | "off">> {
  const value = lookUp(section, key);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const found = Object.entries(value).flatMap(([id, word]): [string, EntrySeverity | "off"][] => {
    const known = SEVERITY_WORDS.get(word);
    return known === undefined ? [] : [[id, known]];
  });
  return Object.fromEntries(found);
}

function boolean(section: unknown, key: string, otherwise: boolean): boolean {
  const value = lookUp(section, key);
  return typeof value === "boolean" ? value : otherwise;
}

interface IntegerSetting {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

function integer(section: unknown, key: string, setting: IntegerSetting): number {
  const value = lookUp(section, key);
  const fits = typeof value === "number" && Number.isInteger(value);
  return fits && value >= setting.minimum && value <= setting.maximum ? value : setting.default;
}
