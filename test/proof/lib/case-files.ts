import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program.ts";

/** Written `@dir@`, `@smtp@` and so on in the files of cases. */
export type Places = Readonly<Record<string, string | number>>;

const NEW_DOVECOT_FILE = "dovecot-2.4.conf";
const BASE = fileURLToPath(new URL("../base", import.meta.url));

/** The configuration of a case by file name: its own files, its main.cf, master.cf and dovecot.conf completed from the common ones. */
export async function caseFiles(folder: string, places: Places): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of await readdir(folder)) {
    if (name !== "case.json" && name !== NEW_DOVECOT_FILE)
      files.set(name, await readFile(path.join(folder, name), "utf8"));
  }
  for (const name of ["main.cf", "master.cf"]) {
    files.set(name, withoutRepeated(await baseFile(name), files.get(name) ?? ""));
  }
  return new Map([...files].map(([name, text]) => [name, fillPlaces(text, places)]));
}

/**
 * The common dovecot.conf and the case's own, `folder` null for none. Dovecot 2.4 reads another language than 2.3: for it both are in
 * `dovecot-2.4.conf`, unless the case's own says the same in both.
 */
export async function dovecotFile(folder: string | null, places: Places): Promise<string> {
  const isNew = await hasNewDovecot();
  const base = await baseFile(isNew ? NEW_DOVECOT_FILE : "dovecot.conf");
  return fillPlaces(`${base}\n${folder === null ? "protocols =\n" : await ownDovecotFile(folder, isNew)}`, places);
}

async function ownDovecotFile(folder: string, isNew: boolean): Promise<string> {
  const newer = isNew ? await readFile(path.join(folder, NEW_DOVECOT_FILE), "utf8").catch(() => null) : null;
  return newer ?? readFile(path.join(folder, "dovecot.conf"), "utf8");
}

/** Whether the Dovecot that is installed here is 2.4 or newer. */
async function hasNewDovecot(): Promise<boolean> {
  const [major = 0, minor = 0] = (await runProgram("dovecot", ["--version"])).split(".").map(Number);
  return major > 2 || (major === 2 && minor >= 4);
}

export async function baseFile(name: string): Promise<string> {
  return readFile(path.join(BASE, name), "utf8");
}

/**
 * The common logical lines that the case does not begin alike (a parameter's name, a service's), then the case's own. A line `!name` of the case's own
 * takes that one out and puts nothing in its place.
 */
export function withoutRepeated(base: string, given: string): string {
  const lines = given.split("\n");
  const own = lines.filter((line) => !line.startsWith("!")).join("\n");
  const names = new Set(
    lines.filter((line) => /^[^\s#]/.test(line)).map((line) => firstWord(line.startsWith("!") ? line.slice(1) : line)),
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
