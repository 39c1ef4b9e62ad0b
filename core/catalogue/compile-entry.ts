import { levelsOf } from "../log/envelope/message-start.ts";
import type { System } from "../log/systems.ts";
import { compileBecause } from "./because.ts";
import { templatesOfReasons, templatesOfReplies } from "./delivery-templates.ts";
import type { EntryExamples, EntryLink, EntrySeverity, Evidence, Fault, FixDeclaration, WholeEntry } from "./entry.ts";
import { FAULTS, SEVERITIES } from "./entry.ts";
import { SAFETIES, type Safety } from "./safety.ts";

export interface Known {
  /** Whether a word names a system that reference/messages knows. */
  readonly isSystem: (word: string) => word is System;
  /** What our runs have shown of an entry; null if nothing. */
  readonly reproduced: (entry: Pick<WholeEntry, "id" | "system" | "loggedBy">) => Evidence | null;
}

/**
 * Turns one catalogue file into an entry.
 * @param fileName name without `.md`, which the id must equal
 * @param front the parsed front matter (any shape: it is checked here)
 * @param body the Markdown below the front matter
 * @param known what the entry's file does not say itself
 * @throws Error naming the file and what is wrong with it: a catalogue mistake must stop the build, not reach a reader
 */
export function compileEntry(
  fileName: string,
  front: unknown,
  body: string,
  { isSystem, reproduced }: Known,
): WholeEntry {
  const complain = (what: string): never => {
    throw new Error(`catalogue entry ${fileName}: ${what}`);
  };
  const fields = asRecord(front) ?? complain("the front matter is not a mapping");
  const text = (key: string): string => {
    const value = fields[key];
    return typeof value === "string" && value !== "" ? value : complain(`"${key}" must be a non-empty text`);
  };
  for (const key of Object.keys(fields)) if (!KEYS.has(key)) complain(`"${key}" is not a key of the front matter`);

  const id = text("id");
  if (id !== fileName) complain(`its id is "${id}": ids equal file names`);
  const { title, sections, fences } = readBody(body);
  if (title === "") complain("it has no # title");
  const systemNamed = (key: string): System => {
    const word = text(key);
    return isSystem(word) ? word : complain(`"${key}" must be "postfix" or a system of reference/messages`);
  };
  const system = systemNamed("system");
  const loggedBy = fields["logged-by"] === undefined ? system : systemNamed("logged-by");
  const section = (name: string): string => sections.get(name) ?? complain(`the section "## ${name}" is missing`);

  const withoutLevel = (templates: readonly string[]): readonly string[] => {
    const [level] = levelsOf(loggedBy).find(([prefix]) => templates.some((one) => one.startsWith(prefix))) ?? [];
    return level === undefined
      ? templates
      : complain(`"match" begins with "${level}", which is read before: leave it out`);
  };

  const examples: EntryExamples = {
    match: fences.filter((fence) => fence.info === "log match").map((fence) => fence.text),
    noMatch: fences.filter((fence) => fence.info === "log no-match").map((fence) => fence.text),
  };
  if (["match", "replies", "reasons", "otherwise", "messages"].every((key) => fields[key] === undefined))
    complain(`it has neither "match" nor "replies", "reasons", "otherwise" or "messages"`);
  if (examples.match.length === 0) complain("it has no ```log match example");
  if (examples.noMatch.length === 0) complain("it has no ```log no-match example");
  const links = readLinks(section("See also"));
  const [page] = links;
  const evidence =
    reproduced({ id, system, loggedBy }) ??
    (page === undefined
      ? complain(`nothing stands behind it: no run reproduces it, and "See also" has no link`)
      : { kind: "documented" as const, source: page.title });

  return {
    id,
    system,
    loggedBy,
    daemon: text("daemon"),
    title,
    severity:
      oneOf<EntrySeverity>(SEVERITIES, text("severity")) ??
      complain(`"severity" must be one of ${SEVERITIES.join(", ")}`),
    fault: oneOf<Fault>(FAULTS, text("fault")) ?? complain(`"fault" must be one of ${FAULTS.join(", ")}`),
    match: [
      ...withoutLevel(texts(fields["match"] ?? []) ?? complain(`"match" must be a template or a list of templates`)),
      ...templatesOfReplies(
        texts(fields["replies"] ?? []) ?? complain(`"replies" must be a list of ends of templates`),
      ),
      ...templatesOfReasons(texts(fields["reasons"] ?? []) ?? complain(`"reasons" must be a list of templates`)),
    ],
    otherwise: texts(fields["otherwise"] ?? []) ?? complain(`"otherwise" must be a template or a list of templates`),
    programs: texts(fields["programs"] ?? []) ?? complain(`"programs" must be a list of daemons`),
    messages: texts(fields["messages"] ?? []) ?? complain(`"messages" must be a list of message ids`),
    level: fields["level"] === undefined ? null : (oneOf(LEVELS, text("level")) ?? complain(`"level" must be panic`)),
    parameters: texts(fields["parameters"] ?? []) ?? complain(`"parameters" must be a list of names`),
    fixes: list(fields["fixes"] ?? []).map((fix) => compileFix(fix, complain)),
    because: list(fields["because"] ?? []).map((item) => compileBecause(item, complain)),
    sections: { meaning: section("Meaning"), causes: section("Likely causes"), remedies: section("What to do") },
    links,
    examples,
    evidence,
  };
}

const LEVELS = ["panic"] as const;
const KEYS = new Set([
  "id",
  "system",
  "logged-by",
  "daemon",
  "severity",
  "fault",
  "match",
  "replies",
  "reasons",
  "otherwise",
  "programs",
  "messages",
  "level",
  "parameters",
  "fixes",
  "because",
]);
const FIX_KEYS = new Set(["id", "title", "purpose", "with", "at-least", "cost"]);

function compileFix(declared: unknown, complain: (what: string) => never): FixDeclaration {
  const fields = asRecord(declared) ?? complain("a fix is not a mapping");
  for (const key of Object.keys(fields)) if (!FIX_KEYS.has(key)) complain(`"${key}" is not a key of a fix`);
  const text = (key: string): string => {
    const value = fields[key];
    return typeof value === "string" ? value : complain(`a fix needs the text "${key}"`);
  };
  const arguments_: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(
    asRecord(fields["with"] ?? {}) ?? complain(`"with" of a fix is not a mapping`),
  )) {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      return complain(`"with.${key}" of a fix must be a text, a number or a boolean`);
    }
    arguments_[key] = value;
  }
  const atLeast =
    oneOf<Safety>(SAFETIES, text("at-least")) ?? complain(`"at-least" must be one of ${SAFETIES.join(", ")}`);
  const cost = text("cost");
  if (cost === "" && atLeast !== "safe") complain(`the fix "${text("id")}" is ${atLeast} and must say its cost`);
  return { id: text("id"), title: text("title"), purpose: text("purpose"), with: arguments_, atLeast, cost };
}

interface Body {
  readonly title: string;
  readonly sections: ReadonlyMap<string, string>;
  readonly fences: readonly { readonly info: string; readonly text: string }[];
}

/** Splits Markdown into its title, its `##` sections and its `log` fences (which belong to no section). */
function readBody(body: string): Body {
  let title = "";
  const sections = new Map<string, string>();
  const fences: { info: string; text: string }[] = [];
  let current: string | null = null;
  let fence: { info: string; lines: string[] } | null = null;
  for (const line of body.split("\n")) {
    if (fence !== null) {
      if (line.trimEnd() === "```") {
        fences.push({ info: fence.info, text: fence.lines.join("\n") });
        fence = null;
      } else fence.lines.push(line);
    } else if (line.startsWith("```log ")) {
      fence = { info: line.slice(3).trim(), lines: [] };
    } else if (line.startsWith("# ")) {
      title = line.slice(2).trim();
    } else if (line.startsWith("## ")) {
      current = line.slice(3).trim();
      sections.set(current, "");
    } else if (current !== null) {
      sections.set(current, `${sections.get(current) ?? ""}${line}\n`);
    }
  }
  for (const [name, text] of sections) sections.set(name, text.trim());
  return { title, sections, fences };
}

/** Reads `- [title](url)` lines. Anything else in "See also" is for the page only. */
function readLinks(section: string): readonly EntryLink[] {
  const links: EntryLink[] = [];
  for (const line of section.split("\n")) {
    const middle = line.indexOf("](");
    if (!line.startsWith("- [") || middle === -1 || !line.endsWith(")")) continue;
    links.push({ title: line.slice(3, middle), url: line.slice(middle + 2, -1) });
  }
  return links;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  const found = value.filter((item) => typeof item === "string");
  return found.length === value.length ? found : null;
}

function oneOf<T extends string>(allowed: readonly T[], value: string): T | null {
  return allowed.find((word) => word === value) ?? null;
}
