import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "./check-files.ts";

/**
 * One file of `test/rules/<id>/`, named `<what>.main.cf`, `<what>.master.cf` or, for a table, `<what>.<type>`. Its first line may say
 * `# postfix RELEASE` or `# tables TYPE …`. A marker is a comment line below the marked text:
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
  readonly version: string | null;
  readonly tableTypes: readonly string[];
}

export interface Marker {
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
      .map((name) => read(ruleId, name)),
  );
}

function read(ruleId: string, name: string): Fixture {
  const text = readFileSync(path.join(FOLDER, ruleId, name), "utf8");
  const [first = ""] = text.split("\n");
  const file = name.endsWith(".main.cf") ? "main.cf" : name.endsWith(".master.cf") ? "master.cf" : "virtual";
  return {
    ruleId,
    name: `${ruleId}/${name}`,
    file,
    tableType: file === "virtual" ? name.slice(name.indexOf(".") + 1) : null,
    text,
    version: first.startsWith("# postfix ") ? first.slice("# postfix ".length) : null,
    tableTypes: first.startsWith("# tables ") ? first.slice("# tables ".length).split(" ") : [],
  };
}

/** The configuration around a fixture; `directory` is where it lies. */
export function filesOf({ file, tableType, text }: Fixture, directory: string): Files {
  return tableType === null
    ? { [file]: text }
    : { "main.cf": `virtual_alias_maps = ${tableType}:${directory}/${file}\n`, [file]: text };
}

export function markersOf({ text }: Fixture): readonly Marker[] {
  const markers: Marker[] = [];
  let above = 0;
  for (const [line, content] of text.split("\n").entries()) {
    const [, blanks = "", carets, dashes, ruleId = "", words = ""] =
      /^#( *)(?:(\^+)|([<v]-*)) ([a-z-]+): (.*)$/.exec(content) ?? [];
    if (carets === undefined && dashes === undefined) {
      if (!content.startsWith("#")) above = line;
      continue;
    }
    const start = carets === undefined ? 0 : 1 + blanks.length;
    const end = carets === undefined ? 1 + (dashes ?? "").length : start + carets.length;
    markers.push({
      line: dashes?.startsWith("v") === true ? line + 1 : above,
      start,
      end,
      ruleId,
      postfix: words === "-" ? null : words,
    });
  }
  return markers;
}
