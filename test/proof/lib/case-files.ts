import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Written `@dir@`, `@smtp@` and so on in the files of cases. */
export type Places = Readonly<Record<string, string | number>>;

const BASE = fileURLToPath(new URL("../base", import.meta.url));

/** The configuration of a case by file name: its own files, its main.cf, master.cf and dovecot.conf completed from the common ones. */
export async function caseFiles(folder: string, places: Places): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of await readdir(folder)) {
    if (name !== "case.json") files.set(name, await readFile(path.join(folder, name), "utf8"));
  }
  for (const name of ["main.cf", "master.cf"]) {
    files.set(name, withoutRepeated(await baseFile(name), files.get(name) ?? ""));
  }
  return new Map([...files].map(([name, text]) => [name, fillPlaces(text, places)]));
}

export async function dovecotFile(folder: string | null, places: Places): Promise<string> {
  const own = folder === null ? "protocols =\n" : await readFile(path.join(folder, "dovecot.conf"), "utf8");
  return fillPlaces(`${await baseFile("dovecot.conf")}\n${own}`, places);
}

export async function baseFile(name: string): Promise<string> {
  return readFile(path.join(BASE, name), "utf8");
}

/** The common logical lines that the case does not begin alike (a parameter's name, a service's), then the case's own. */
export function withoutRepeated(base: string, own: string): string {
  const names = new Set(
    own
      .split("\n")
      .filter((line) => /^[^\s#]/.test(line))
      .map(firstWord),
  );
  let drops = false;
  const kept = base.split("\n").filter((line) => {
    if (!/^\s/.test(line)) drops = names.has(firstWord(line));
    return !drops;
  });
  return `${kept.join("\n")}\n${own}`;
}

function firstWord(line: string): string {
  return line.split(/[\s=]/, 1)[0] ?? "";
}

export function fillPlaces(text: string, places: Places): string {
  return text.replace(/@([a-z]+)@/g, (whole, name: string) => String(places[name] ?? whole));
}
