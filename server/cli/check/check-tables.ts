import { realpath } from "node:fs/promises";
import path from "node:path";
import { sourceFiles } from "@postmaster/core/model/assemble.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { isWithin } from "../../host/path-bounds.ts";
import type { FixOutcome } from "../fix/apply-fixes.ts";
import { fixFile } from "../fix/fix-configuration.ts";
import { relativeName } from "../uri.ts";
import { reportConfiguration } from "./check-configuration.ts";
import type { CheckRun } from "./check-run.ts";

/** How far above a table its main.cf may lie. */
const MOST_LEVELS = 3;

/** The tables of a configuration that are text at hand, each once in a run: what to fix in them and what is found. */
export async function checkTables(
  server: MailServer,
  seen: Set<string>,
  run: CheckRun,
): Promise<{ readonly count: number; readonly outcomes: readonly FixOutcome[] }> {
  const own = await Promise.all(tableFiles(server).map(async (file) => ((await isOwn(server, file)) ? [file] : [])));
  const files = own.flat().filter((file) => !seen.has(keyOf(file)));
  for (const file of files) seen.add(keyOf(file));
  const outcomes = await checkFiles(server, new Map(files.map((file) => [file, relativeName(file)])), run);
  return { count: files.length, outcomes };
}

/** One table by itself. Null if no main.cf near it names it. */
export async function checkTable(
  name: string,
  seen: Set<string>,
  run: CheckRun,
): Promise<readonly FixOutcome[] | null> {
  const file = path.resolve(name);
  const server = await serverNaming(file, run);
  if (server === null) return null;
  if (seen.has(keyOf(file))) return [];
  seen.add(keyOf(file));
  return checkFiles(server, new Map([[file, name]]), run);
}

async function checkFiles(server: MailServer, names: ReadonlyMap<string, string>, run: CheckRun) {
  const outcomes: FixOutcome[] = [];
  if (run.fixes !== null) {
    for (const file of names.keys()) outcomes.push(...(await fixFile(file, () => load(server.directory, run), run)));
  }
  const current = outcomes.length === 0 ? server : await load(server.directory, run);
  if (current !== null) await reportConfiguration(current, names, run);
  return outcomes;
}

async function serverNaming(file: string, run: CheckRun): Promise<MailServer | null> {
  let folder = path.dirname(file);
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const server = await load(folder, run);
    if (server !== null) return tableFiles(server).includes(file) ? server : null;
    folder = path.dirname(folder);
  }
  return null;
}

/** A link that leads out of a copy is how a stranger's folder would have us quote what its maker may not read. */
async function isOwn({ isCopy, directory }: MailServer, file: string): Promise<boolean> {
  if (!isCopy) return true;
  const [folder, real] = await Promise.all([realpath(directory), realpath(file)]).catch(() => [directory, ""]);
  return isWithin(folder, real);
}

function load(directory: string, run: CheckRun): Promise<MailServer | null> {
  return loadMailServer(run.configurations.port, directory, {
    defaultOf: (name: string) => defaultOf(name, run.postfixVersion),
  });
}

/** Tables, and the lists that main.cf and aliases name: all but main.cf and master.cf, which are checked by themselves. */
function tableFiles(server: MailServer): readonly string[] {
  const { main, master } = server;
  const files = sourceFiles(server).filter((file) => file !== main.file && file !== master?.file);
  return [...new Set(files.map((file) => file.path))];
}

function keyOf(file: string): string {
  return `table ${file}`;
}
