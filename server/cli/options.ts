import path from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { didYouMean } from "@postmaster/core/text/did-you-mean.ts";
import { UsageError } from "./exit-code.ts";

export type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** Every verb takes these. */
const COMMON: OptionTypes = { help: { type: "boolean", short: "h" } };

/** Of the verbs that look at a configuration: where it is, and for which release. */
export const CONFIGURATION: OptionTypes = { config: { type: "string" }, "postfix-version": { type: "string" } };

/** A verb's arguments, taken apart. */
export interface Options {
  readonly wantsHelp: boolean;
  /** The directory that `--config` names, absolute: the folder of a main.cf if that is what was given. Null if nothing was. */
  readonly configDirectory: string | null;
  readonly postfixVersion: PostfixVersion | null;
  readonly words: readonly string[];
  /** Null if not given. */
  text(name: string): string | null;
  /** Of an option that may be given several times. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  /** A whole number of at least `smallest`; null if not given. @throws UsageError for anything else */
  number(name: string, smallest: number): number | null;
  /** One of some words, the first if none is given. @throws UsageError for another one */
  choice<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word;
}

/**
 * Takes arguments apart. Options may stand anywhere, `--` ends them, `-` is a word.
 * @throws UsageError for an option the verb does not have (with the one that may be meant), a missing value or a wrong one
 */
export function parseOptions(args: readonly string[], own: OptionTypes): Options {
  const types = { ...COMMON, ...own };
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: types,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const type = Object.hasOwn(types, token.name) ? types[token.name] : undefined;
    if (type === undefined) throw unknownOption(token.rawName, Object.keys(types));
    if (type.type === "string" && token.value === undefined) throw new UsageError(`${token.rawName} needs a value`);
    if (type.type === "boolean" && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
    // `--config --fix`: rather a forgotten value than a directory of that name.
    if (type.type === "string" && token.inlineValue === false && token.value.startsWith("--")) {
      throw new UsageError(`${token.rawName} needs a value (for one that begins with “-”, write ${token.rawName}=…)`);
    }
  }
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" ? value : null;
  };
  const version = text("postfix-version");
  const postfixVersion = version === null ? null : parsePostfixVersion(version);
  if (version !== null && postfixVersion === null) {
    throw new UsageError(`--postfix-version takes a release such as 3.7 or 3.10.2, not “${version}”`);
  }
  return {
    wantsHelp: values["help"] === true,
    configDirectory: configDirectory(text("config")),
    postfixVersion,
    words: positionals,
    text,
    texts(name) {
      const value = values[name];
      return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
    },
    flag: (name) => values[name] === true,
    number(name, smallest) {
      const value = text(name);
      if (value === null) return null;
      const number = Number(value);
      if (value.trim() === "" || !Number.isSafeInteger(number) || number < smallest) {
        throw new UsageError(`--${name} takes a whole number from ${smallest} on, not “${value}”`);
      }
      return number;
    },
    choice(name, words) {
      const wanted = text(name) ?? words[0];
      const word = words.find((one) => one === wanted);
      if (word === undefined) throw new UsageError(`--${name} takes ${words.join(", ")}, not “${wanted}”`);
      return word;
    },
  };
}

function configDirectory(given: string | null): string | null {
  if (given === null) return null;
  const absolute = path.resolve(given);
  return path.basename(absolute) === "main.cf" ? path.dirname(absolute) : absolute;
}

function unknownOption(given: string, known: readonly string[]): UsageError {
  const meant = didYouMean(given.replace(/^-+/, ""), known);
  return new UsageError(`there is no option ${given}${meant === null ? "" : `; did you mean --${meant}?`}`);
}
