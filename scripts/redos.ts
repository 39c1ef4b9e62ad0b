import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { grammarPatterns, LEDGER_PATH, type Verdict } from "../test/grammar/redos/ledger.ts";
import { cacheDirectory, inRoot } from "./lib/paths.ts";
import { npm, runCommand } from "./lib/run-command.ts";
import { Failure, main, say } from "./lib/say.ts";

// `npm run redos`, after a change to the grammars: asks an analyser of regular expressions about every pattern in them and writes down what
// it says. The analyser is kept in the cache folder and is no dependency: its package brings 30 MB of programs that are not needed here.

const RECHECK = "4.5.0";

interface Recheck {
  checkSync(pattern: string, flags: string, options: { readonly timeout: number; readonly seed: number }): Answer;
}

interface Answer {
  readonly status: "safe" | "vulnerable" | "unknown";
  readonly complexity?: { readonly summary: string };
  readonly attack?: {
    readonly pumps: readonly { readonly prefix: string; readonly pump: string }[];
    readonly suffix: string;
  };
}

/** What JavaScript has no word for. Possessive quantifiers become greedy ones, which can only be slower. */
function inJavaScript(pattern: string): string {
  return pattern
    .replaceAll("\\G", "^")
    .replace(/([*+?])\+/g, "$1")
    .replaceAll("(?i:", "(?:");
}

function verdictOf({ status, complexity, attack }: Answer): Verdict {
  if (status === "safe" || attack === undefined) return { verdict: status };
  const { pumps, suffix } = attack;
  return { verdict: status, growth: complexity?.summary ?? "", attack: { pumps, suffix } };
}

async function analyser(): Promise<Recheck> {
  const home = join(cacheDirectory(), `recheck-${RECHECK}`);
  const entry = join(home, "node_modules", "recheck", "lib", "main.js");
  if (!existsSync(entry)) {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "package.json"), '{ "private": true }\n');
    const args = ["install", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", `recheck@${RECHECK}`];
    const { code, output } = await runCommand(npm, args, { cwd: home, quiet: true, label: "fetching recheck" });
    if (code !== 0) throw new Failure(`recheck could not be fetched:\n${output}`);
  }
  process.env["RECHECK_BACKEND"] = "pure";
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package is not installed where types are checked
  return createRequire(join(home, "package.json"))("recheck") as Recheck;
}

await main(async () => {
  const recheck = await analyser();
  const ledger: Record<string, Verdict> = {};
  for (const pattern of await grammarPatterns()) {
    ledger[pattern] = verdictOf(recheck.checkSync(inJavaScript(pattern), "", { timeout: 20_000, seed: 1 }));
    say(`${ledger[pattern].verdict}: ${pattern}`);
  }
  await writeFile(inRoot(LEDGER_PATH), `${JSON.stringify(ledger, null, 2)}\n`);
  say(`wrote ${LEDGER_PATH}`);
  return 0;
});
