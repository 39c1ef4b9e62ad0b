import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureConfiguration } from "../bench/configuration.ts";
import { measureEditor, measureStart } from "../bench/editor.ts";
import { measureGrowth } from "../bench/growth.ts";
import { writeLog } from "../bench/log/write-log.ts";
import { measureLogTools } from "../bench/log-tools.ts";
import { type Row, tableOf } from "../bench/row.ts";
import { buildBundles } from "./lib/bundles.ts";
import { inRoot } from "./lib/paths.ts";
import { Advice, main, say } from "./lib/say.ts";
import { which } from "./lib/which.ts";

// `npm run bench`: how fast large logs are read, beside what a mail administrator would otherwise reach for; how long an editor waits; how much
// memory it takes. Writes bench/results.md. `-- --megabytes 20` measures with a smaller log, `-- --only editor` a part.
// Where an editor waits, this process is the editor: those parts come first, before it has written logs of a gigabyte, whose garbage would be counted as waiting.
const PARTS = ["start", "configuration", "editor", "tools", "growth"] as const;
const TOOLS = ["lnav", "pflogsumm", "rg", "time"];
const MEGABYTE = 1_000_000;

await main(async () => {
  const { values } = parseArgs({
    options: { megabytes: { type: "string", default: "100" }, only: { type: "string", default: PARTS.join() } },
  });
  const megabytes = Number(values.megabytes);
  if (!(megabytes >= 1)) throw new Advice("--megabytes takes a number from 1 on");
  const wanted = values.only.split(",");
  const missing = TOOLS.filter((tool) => which(tool) === null);
  if (missing.length > 0)
    say(`not on this machine: ${missing.join(", ")} (Debian: apt-get install lnav pflogsumm ripgrep time)`);
  say("building");
  await buildBundles({ sourceMaps: false });
  const begun = loadavg()[0] ?? 0;
  const folder = await mkdtemp(join(tmpdir(), "postmaster-bench-"));
  try {
    const rows: Row[] = [];
    for (const part of PARTS) {
      if (!wanted.includes(part)) continue;
      say(`measuring: ${part}`);
      // oxlint-disable-next-line no-await-in-loop -- one at a time: they must not disturb each other
      rows.push(...(await measure(part, folder, megabytes)));
    }
    const table = tableOf(rows);
    process.stdout.write(`\n${table}`);
    if (wanted.length === PARTS.length) await writeFile(inRoot("bench", "results.md"), page(table, megabytes, begun));
    return rows.some(({ holds }) => holds === false) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function measure(part: (typeof PARTS)[number], folder: string, megabytes: number): Promise<readonly Row[]> {
  const log = join(folder, "mail.log");
  const large = join(folder, "large.log");
  switch (part) {
    case "tools":
      return measureLogTools(log, await writeLog(log, megabytes * MEGABYTE));
    case "growth":
      await writeLog(log, megabytes * MEGABYTE);
      await writeLog(large, 10 * megabytes * MEGABYTE);
      return measureGrowth({ log, megabytes }, { log: large, megabytes: 10 * megabytes });
    case "start":
      return measureStart();
    case "editor":
      return measureEditor(Math.ceil(megabytes * 0.4), 1);
    default:
      return measureConfiguration();
  }
}

function page(table: string, megabytes: number, load: number): string {
  const machine = `${cpus().length} processors (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
  return `# What \`npm run bench\` measured

${machine}; load average ${load.toFixed(1)} at the start and ${(loadavg()[0] ?? 0).toFixed(1)} at the end. A log of ${megabytes} MB from the generator in
\`bench/log/\`, the page cache warm. Of the rounds of each program, in turn with the others, the fastest counts; CPU is user and system time of all its
threads. A row beside another tool counts only if both report the same number of lines or messages.

${table}`;
}
