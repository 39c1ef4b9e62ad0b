import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type FactRow,
  factNumber,
  factRow,
  factRows,
  factSince,
  factText,
  factTexts,
} from "@postmaster/core/reference/fact-row.ts";
import { hasSince, type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { fixtures } from "../../rules/fixtures.ts";

/** A configuration to show both to Postfix and to the rules. */
export interface OracleCase {
  readonly name: string;
  readonly main: string;
  /** Null: the stock one. */
  readonly master: string | null;
  /** A table called `virtual`. */
  readonly table: { readonly type: string; readonly text: string } | null;
  /** Further files; /etc/postfix in main.cf stands for where they lie. */
  readonly others: Readonly<Record<string, string>>;
  /** Programs to ask beside postconf(1). */
  readonly daemons: readonly string[];
  /** smtpd(8) is to have a session, and walks its lists then. */
  readonly talks: boolean;
}

const FACTS = fileURLToPath(new URL("../../../reference/facts/parameters.json", import.meta.url));
const parsed: unknown = JSON.parse(readFileSync(FACTS, "utf8"));
const parameterFacts = factRows(factRow(parsed)["parameters"]);

/** Programs that run alone when started by hand. */
const DAEMONS: ReadonlySet<string> = new Set(
  (
    "anvil bounce cleanup discard dnsblog error flush lmtp local pickup pipe postscreen proxymap qmgr qmqpd scache " +
    "showq smtp smtpd spawn tlsmgr tlsproxy trivial-rewrite verify virtual"
  ).split(" "),
);

/** Set by the scratch instance itself, or needed by it. */
const NOT_VARIED: ReadonlySet<string> = new Set(
  (
    "config_directory queue_directory data_directory maillog_file_prefixes syslog_name mail_owner myhostname " +
    "daemon_directory command_directory setgid_group inet_protocols"
  ).split(" "),
);

/** The programs that read a parameter, first the one it is named after. */
function readersOf(name: string): readonly string[] {
  const fact = parameterFacts.find((one) => factText(one, "name") === name);
  const readers = (fact === undefined ? [] : factTexts(fact, "read_by")).map((reader) =>
    reader === "global" ? "smtpd" : reader,
  );
  if (name.startsWith("lmtp_") && readers.includes("smtp")) return ["lmtp"];
  const namesake = (reader: string): number => (name.startsWith(`${reader}_`) ? 0 : 1);
  return readers.filter((reader) => DAEMONS.has(reader)).toSorted((a, b) => namesake(a) - namesake(b));
}

/** The fixtures of all rules that hold for this release, such as `3.7.11`. */
export function fixtureCases(release: string): readonly OracleCase[] {
  const series = release.split(".", 2).join(".");
  return (
    fixtures()
      // Times and permissions are those of files that nobody writes here.
      .filter(({ others }) => others["files"] === undefined)
      .filter(
        ({ version, tableTypes }) =>
          (version === null || version === series || version === release) && tableTypes.length === 0,
      )
      .map(({ name, file, tableType, text, others }) => ({
        name,
        main: file === "main.cf" ? text : "",
        master: file === "master.cf" ? text : (others["master.cf"] ?? null),
        table: tableType === null ? null : { type: tableType, text },
        others,
        daemons: file === "main.cf" ? daemonsFor(text) : name.startsWith("duplicate-service/") ? ["master"] : [],
        talks: true,
      }))
  );
}

function daemonsFor(main: string): readonly string[] {
  const names = main.split("\n").map((line) => line.split("=", 1)[0]?.trim() ?? "");
  const delivery = names.some((name) => name.endsWith("box_size_limit") || name === "message_size_limit")
    ? ["local"]
    : [];
  return [...new Set(["smtpd", ...delivery, ...names.flatMap(readersOf)])];
}

/** Bad values for every parameter of the release, by its type. */
export function mutationCases(release: string): readonly OracleCase[] {
  const version = parsePostfixVersion(release);
  if (version === null) throw new Error(`${release} is no release of Postfix`);
  return parameterFacts.flatMap((fact) => {
    const name = factText(fact, "name") ?? "";
    const isVaried = !NOT_VARIED.has(name) && factText(fact, "class") === "builtin" && hasFact(version, fact);
    // One of them is enough to hear what they all say.
    const daemons = readersOf(name).slice(0, 1);
    if (!isVaried || daemons.length === 0) return [];
    return badValues(fact).map((value) => ({
      name: `${name} = ${value}`,
      main: `${name} = ${value}\n`,
      master: null,
      table: null,
      others: {},
      daemons,
      talks: false,
    }));
  });
}

function badValues(fact: FactRow): readonly string[] {
  const [min, max] = [factNumber(fact, "min"), factNumber(fact, "max")];
  const bounds = (unit: string): readonly string[] =>
    [min === null ? [] : [min - 1, min], max === null ? [] : [max + 1, max]]
      .flat()
      .filter((bound) => bound >= 0)
      .map((bound) => `${bound}${unit}`);
  switch (factText(fact, "type")) {
    case "bool":
    case "nbool":
      return ["maybe"];
    case "int":
    case "nint":
    case "long":
      return ["12x", ...bounds("")];
    case "time":
      return ["5x", ...bounds("s")];
    default:
      return (factNumber(fact, "min_length") ?? 0) > 0 ? [""] : [];
  }
}

function hasFact(version: PostfixVersion, fact: FactRow): boolean {
  return hasSince(version, factSince(fact), factTexts(fact, "backported_to"));
}
