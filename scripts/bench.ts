import { parseArgs } from "node:util";
import { measureLogThroughput } from "../bench/log-throughput.ts";
import { buildBundles } from "./lib/bundles.ts";
import { inRoot } from "./lib/paths.ts";
import { runCommand } from "./lib/run-command.ts";
import { Advice, duration, main, say } from "./lib/say.ts";

// `npm run bench [-- --megabytes 100]`: how fast a large log is read, beside what a user would pick
// instead, and how long an editor waits in a large configuration.
await main(async () => {
  const { values } = parseArgs({ options: { megabytes: { type: "string", default: "100" } } });
  const megabytes = Number(values.megabytes);
  if (!(megabytes >= 1)) throw new Advice("--megabytes takes a number from 1 on");
  say("building");
  await buildBundles({ sourceMaps: false });
  say(`reading a log of ${megabytes} MB, three times each, the fastest counts`);
  for (const { name, milliseconds, megabytesPerSecond } of await measureLogThroughput(megabytes)) {
    const result =
      milliseconds === null || megabytesPerSecond === null
        ? "not on this machine"
        : `${duration(milliseconds).padStart(10)}  ${megabytesPerSecond.toFixed(1).padStart(7)} MB/s`;
    process.stdout.write(`${name.padEnd(44)} ${result}\n`);
  }
  say("editing a large configuration");
  const { code } = await runCommand(process.execPath, [inRoot("bench", "configuration.ts")]);
  return code;
});
