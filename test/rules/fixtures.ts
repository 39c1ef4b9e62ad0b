import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "./check-files.ts";

/**
 * A configuration to check: one file of `test/rules/<id>/`, named `<what>.main.cf`, `<what>.master.cf` or, for a table, `<what>.<type>`; or a folder with a
 * main.cf and other files of /etc/postfix, each with markers. The first line may say
 * `# postfix RELEASE …`, which makes one configuration for each, or `# tables TYPE …`. A marker is a comment line below the marked text:
 *
 *     smptd_banner = hello
 *     #<---------- unused-parameter: unused parameter: smptd_banner=hello
 *
 * `^^^` stands under the marked text; `#v--` like `#<--`, but on top of the text, where no line may follow; `#<--` begins at the first column, where the `#` itself stands. Behind the rule's id come the words
 * of Postfix, or `-` where it says nothing.
 */
export interface Fixture {
  readonly ruleId: string;
  readonly name: string;
  /** The file that is checked. */
  readonly file: string;
  /** The type of the table; null for main.cf and master.cf. */
  readonly tableType: string | null;
  readonly text: string;
  /** Files beside it, by name. */
  readonly others: Files;
  readonly version: string | null;
  readonly tableTypes: readonly string[];
}

export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly ruleId: string;
  readonly postfix: string | null;
}

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

export function fixtures(): readonly Fixture[] {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: ruleId }) =>
    readdirSync(path.join(FOLDER, ruleId))
      .toSorted()
      .flatMap((name) => read(ruleId, name)),
  );
}

function read(ruleId: string, name: string): readonly Fixture[] {
  const at = path.join(FOLDER, ruleId, name);
  const { "main.cf": main, ...others } = statSync(at).isDirectory() ? filesIn(at) : {};
  const text = main ?? readFileSync(at, "utf8");
  const [first = ""] = text.split("\n");
  const isMain = main !== undefined || name.endsWith(".main.cf");
  const file = isMain ? "main.cf" : name.endsWith(".master.cf") ? "master.cf" : "virtual";
  const releases = first.startsWith("# postfix ") ? first.slice("# postfix ".length).split(" ") : [];
  const fixture: Fixture = {
    ruleId,
    name: `${ruleId}/${name}`,
    file,
    tableType: file === "virtual" ? name.slice(name.indexOf(".") + 1) : null,
    text,
    others,
    version: null,
    tableTypes: first.startsWith("# tables ") ? first.slice("# tables ".length).split(" ") : [],
  };
  return releases.length === 0
    ? [fixture]
    : releases.map((version) => ({ ...fixture, name: `${fixture.name} of ${version}`, version }));
}

function filesIn(folder: string): Files {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

/** The configuration around a fixture; `directory` is where it lies. */
export function filesOf({ file, tableType, text, others }: Fixture, directory: string): Files {
  if (tableType !== null)
    return { "main.cf": `virtual_alias_maps = ${tableType}:${directory}/${file}\n`, [file]: text };
  return Object.fromEntries(
    Object.entries({ [file]: text, ...others }).map(([name, one]) => [
      name,
      one.replaceAll("/etc/postfix/", `${directory}/`),
    ]),
  );
}

export function markersOf({ file, text, others }: Fixture): readonly Marker[] {
  return Object.entries({ [file]: text, ...others }).flatMap(([name, one]) => markersIn(name, one));
}

function markersIn(file: string, text: string): readonly Marker[] {
  const markers: Marker[] = [];
  let above = 0;
  for (const [line, content] of text.split("\n").entries()) {
    const [, blanks = "", carets, dashes, ruleId = "", words = ""] =
      /^#( *)(?:(\^+)|([<v]-*)) ([a-z0-9-]+): (.*)$/.exec(content) ?? [];
    if (carets === undefined && dashes === undefined) {
      if (!content.startsWith("#")) above = line;
      continue;
    }
    const start = carets === undefined ? 0 : 1 + blanks.length;
    const end = carets === undefined ? 1 + (dashes ?? "").length : start + carets.length;
    markers.push({
      file,
      line: dashes?.startsWith("v") === true ? line + 1 : above,
      start,
      end,
      ruleId,
      postfix: words === "-" ? null : words,
    });
  }
  return markers;
}
