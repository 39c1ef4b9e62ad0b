import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = path.join(import.meta.dirname, "cases");

/** Settings, and the addresses to ask about: a file `cases/<id>.cf` with lines `# ask ADDRESS` or `# ask ADDRESS from SENDER`. */
export interface RouteCase {
  readonly id: string;
  /** Lines of main.cf. */
  readonly main: string;
  readonly questions: readonly { readonly recipient: string; readonly sender: string }[];
}

const ANYBODY = "sender@outside.example";

export function routeCases(): readonly RouteCase[] {
  return namesEndingWith(".cf").map((name) => {
    const main = readFileSync(path.join(FOLDER, name), "utf8");
    const questions = main.split("\n").flatMap((line) => {
      if (!line.startsWith("# ask ")) return [];
      const [recipient = "", sender = ANYBODY] = line.slice("# ask ".length).split(" from ");
      return [{ recipient, sender: sender === "<>" ? "" : sender }];
    });
    return { id: name.slice(0, -".cf".length), main, questions };
  });
}

/** The tables that cases name by `$config_directory/NAME`, by name. */
export function routeTables(): ReadonlyMap<string, string> {
  return new Map(namesEndingWith(".table").map((name) => [name, readFileSync(path.join(FOLDER, name), "utf8")]));
}

function namesEndingWith(ending: string): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(ending))
    .toSorted();
}
