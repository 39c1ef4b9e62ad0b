import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { filesBelow } from "./files-below.ts";
import { readProse } from "./prose.ts";

type Facts = Readonly<Record<string, unknown>>;

/** Joins the fact tables of `reference/facts` with the prose beside them, one JSON file a subject. */
export async function generateReference(root: string): Promise<readonly GeneratedFile[]> {
  const facts = async (name: string): Promise<Facts> =>
    asFacts(JSON.parse(await readFile(path.join(root, "reference/facts", `${name}.json`), "utf8")));
  const prose = (name: string) => readProse(path.join(root, "reference", `${name}.md`));

  const parameters = await facts("parameters");
  const restrictions = await facts("restrictions");
  const master = await facts("master");
  const codes = await facts("status-codes");
  return [
    rows("parameters", {
      parameters: describe(
        withAll(rowsOf(parameters, "parameters"), PARAMETER_FACTS),
        "name",
        await parameterProse(root),
        ["read_by", "man_pages"],
      ),
      templates: describe(rowsOf(parameters, "templates"), "name", await prose("parameter-templates")),
      removed: describe(rowsOf(parameters, "removed"), "name", await prose("removed-parameters")),
    }),
    rows("restrictions", {
      lists: rowsOf(restrictions, "restriction_lists"),
      restrictions: describe(rowsOf(restrictions, "restrictions"), "name", await prose("restrictions")),
      accessActions: describe(rowsOf(restrictions, "access_actions"), "name", await prose("access-actions")),
      headerBodyChecksActions: describe(
        rowsOf(restrictions, "header_body_checks_actions"),
        "name",
        await prose("header-body-checks-actions"),
      ),
      tableTypes: describe(rowsOf(restrictions, "table_types"), "type", await prose("table-types")),
      tableConfigKeys: tableConfigKeys(restrictions, await prose("table-config-keys")),
    }),
    rows("master", {
      fields: describe(rowsOf(master, "fields"), "name", await prose("master-fields")),
      daemons: describe(rowsOf(master, "daemons"), "name", await prose("daemons"), ["parameters_listed_in_man_page"]),
    }),
    rows("status-codes", {
      enhanced: describe(rowsOf(codes, "enhanced"), "code", await prose("enhanced-status-codes"), [
        "emitted_by_postfix",
        "literal_in_source",
      ]),
      replies: describe(rowsOf(codes, "smtp_replies"), "code", await prose("reply-codes"), ["emitted_by_postfix"]),
      meanings: [...(await prose("enhanced-status-codes"))]
        .filter(([key]) => key.startsWith("class ") || key.startsWith("subject "))
        .map(([key, description]) => ({ key, description })),
      logTerms: [...(await prose("delays"))].map(([key, description]) => ({ key, description })),
    }),
  ];
}

/** What every parameter's row has. */
const PARAMETER_FACTS = ["name", "class", "type", "default", "since", "read_by"] as const;

function withAll(facts: readonly Facts[], keys: readonly string[]): readonly Facts[] {
  for (const row of facts) {
    const missing = keys.filter((key) => row[key] === undefined);
    if (missing.length > 0)
      throw new Error(`reference/facts/parameters.json: ${String(row["name"])} lacks ${missing.join(", ")}`);
  }
  return facts;
}

/** The prose of all areas together; a parameter described in two areas is a mistake. */
async function parameterProse(root: string): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  for (const file of await filesBelow(path.join(root, "reference/parameters"), ".md")) {
    for (const [name, text] of await readProse(file)) {
      if (all.has(name)) throw new Error(`${file}: ${name} is described in two areas`);
      all.set(name, text);
    }
  }
  return all;
}

/** Adds each row's `description` (empty where nobody wrote one) and leaves out what the extension never shows. */
function describe(
  facts: readonly Facts[],
  key: string,
  prose: ReadonlyMap<string, string>,
  without: readonly string[] = [],
): readonly Facts[] {
  const keys = new Set(facts.map((row) => String(row[key])));
  for (const name of prose.keys()) {
    if (!keys.has(name) && !/^(?:class|subject) /.test(name))
      throw new Error(`prose describes "${name}", which no fact table has`);
  }
  return facts.map((row) => ({
    ...Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name))),
    description: prose.get(String(row[key])) ?? "",
  }));
}

function tableConfigKeys(restrictions: Facts, prose: ReadonlyMap<string, string>): readonly Facts[] {
  const tables = restrictions["table_config_keys"];
  if (typeof tables !== "object" || tables === null)
    throw new Error("reference/facts/restrictions.json: no table_config_keys");
  return Object.entries(tables).flatMap(([table, keys]) =>
    (Array.isArray(keys) ? keys.map(asFacts) : []).map((row) => ({
      table,
      ...row,
      description: prose.get(`${table}/${String(row["name"])}`) ?? "",
    })),
  );
}

function rowsOf(facts: Facts, key: string): readonly Facts[] {
  const value = facts[key];
  if (!Array.isArray(value)) throw new Error(`the fact tables have no list "${key}"`);
  return value.map(asFacts);
}

function asFacts(value: unknown): Facts {
  if (typeof value !== "object" || value === null)
    throw new Error(`a fact table has ${String(value)} where a row should be`);
  return { ...value };
}

/** One JSON row a line, so that a changed description is a one-line difference. */
function rows(name: string, lists: Readonly<Record<string, readonly Facts[]>>): GeneratedFile {
  const parts = Object.entries(lists).map(
    ([key, list]) => ` ${JSON.stringify(key)}: [\n${list.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n ]`,
  );
  return { path: `core/generated/${name}.json`, text: `{\n${parts.join(",\n")}\n}\n` };
}
