import { parseDovecotConf } from "@postmaster/core/syntax/dovecot-conf/parse-dovecot-conf.ts";
import { parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { parsePythonSettings } from "@postmaster/core/syntax/python-settings/parse-python-settings.ts";
import type { PythonValue } from "@postmaster/core/syntax/python-settings/python-node.ts";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { parsePatternTable } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { splitList } from "@postmaster/core/syntax/value/list.ts";

/**
 * Everything a configuration file says, in order, each word by itself: names, list elements, keys, right-hand sides, and what is wrong
 * with the file. Comments say nothing.
 */
export function leavesOf(fileName: string, text: string): readonly string[] {
  switch (kindOf(fileName)) {
    case "main": {
      const { definitions, problems } = parseMainCf(text);
      return [
        ...definitions.flatMap(({ name, valueText }) => [
          `parameter ${name}`,
          ...splitList(valueText).elements.map((element) => element.text),
        ]),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
    case "master": {
      const { services, problems } = parseMasterCf(text);
      return [
        ...services.flatMap(({ name, type, command, overrides }) => [
          `service ${name} ${type} ${command}`,
          ...overrides.flatMap((one) => [
            `-o ${one.name}`,
            ...splitList(one.valueText).elements.map((element) => element.text),
          ]),
        ]),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
    case "pcre":
    case "regexp": {
      const { rules, problems } = parsePatternTable(text, kindOf(fileName) === "pcre" ? "pcre" : "regexp");
      return [
        ...rules.flatMap(({ kind, negated, pattern, flags, replacement }) => [
          `${kind} ${negated ? "!" : ""}${flags}`,
          literalOf(pattern),
          replacement,
        ]),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
    case "python": {
      const { assignments, problems } = parsePythonSettings(text);
      return [
        ...assignments.flatMap(({ name, operator, value }) => [`setting ${name} ${operator}`, ...pythonLeaves(value)]),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
    case "dovecot": {
      const { settings, includes, problems } = parseDovecotConf(text);
      return [
        ...settings.flatMap(({ sections, name, value }) => [`setting ${[...sections, name].join(" / ")}`, value]),
        ...includes.map(({ path }) => `include ${path}`),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
    default: {
      const { rules, problems } = parseIndexedTable(text);
      return [
        ...rules.flatMap(({ key, value }) => ["key", key, ...value.split(/[\s,]+/)]),
        ...problems.map(({ kind }) => `problem ${kind}`),
      ];
    }
  }
}

/** What one edit makes of a file's leaves: what it takes out and puts in at one place, and how many lines more there are. */
export interface Change {
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly moreLines: number;
}

export function changeOf(fileName: string, before: string, after: string): Change {
  const old = leavesOf(fileName, before);
  const now = leavesOf(fileName, after);
  let at = 0;
  while (at < old.length && at < now.length && old[at] === now[at]) at += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - at && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return {
    at,
    removed: old.slice(at, old.length - tail),
    added: now.slice(at, now.length - tail),
    moreLines: after.split("\n").length - before.split("\n").length,
  };
}

function kindOf(fileName: string): "main" | "master" | "pcre" | "regexp" | "python" | "dovecot" | "indexed" {
  if (fileName === "main.cf") return "main";
  if (fileName === "master.cf") return "master";
  if (fileName.endsWith(".pcre")) return "pcre";
  if (fileName.endsWith(".regexp")) return "regexp";
  if (fileName.endsWith(".py")) return "python";
  return fileName.endsWith(".conf") ? "dovecot" : "indexed";
}

/** The text that a pattern of the form `^…$` stands for if each special character in it is escaped; other patterns as they are. */
function literalOf(pattern: string): string {
  if (!pattern.startsWith("^") || !pattern.endsWith("$")) return pattern;
  let literal = "";
  for (let at = 1; at < pattern.length - 1; at += 1) {
    const char = pattern.charAt(at);
    if (char === "\\") {
      at += 1;
      const escaped = pattern.charAt(at);
      // A letter or digit behind a backslash is an operator, and a backslash before the last `$` takes it away.
      if (/[A-Za-z0-9]/.test(escaped) || at === pattern.length - 1) return pattern;
      literal += escaped;
    } else if ("^$.[]|()?*+{}/".includes(char)) return pattern;
    else literal += char;
  }
  return literal;
}

function pythonLeaves(value: PythonValue): readonly string[] {
  switch (value.kind) {
    case "list":
    case "tuple":
      return value.items.flatMap(pythonLeaves);
    case "string":
      return [value.value];
    case "boolean":
    case "number":
      return [String(value.value)];
    default:
      return [value.kind];
  }
}
