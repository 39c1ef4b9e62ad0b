import { writeFile } from "node:fs/promises";
import process from "node:process";
import { neighbourReleases } from "../test/postfix/situations/lib/neighbour-releases.ts";
import { failuresOf, proofPage, releasesText, TERMINAL_HEAD, terminalRow } from "../test/proof/lib/proof-page.ts";
import { proofObstacle, proofVersions, runProof } from "../test/proof/lib/run-proof.ts";
import { inRoot } from "./lib/paths.ts";
import { Advice, duration, main, say } from "./lib/say.ts";

// `npm run proof`: every case, and docs/proof.md anew. `npm run proof -- helo-not-fqdn`: these cases or entries, the page stays.

await main(async () => {
  const obstacle = proofObstacle();
  if (obstacle !== null) throw new Advice(obstacle);
  const wanted = process.argv.slice(2);
  say("playing the cases on a Postfix and a Dovecot on loopback; the system's own are not touched");
  process.stdout.write(`${TERMINAL_HEAD}\n`);
  const started = performance.now();
  const results = await runProof(wanted, (result) => void process.stdout.write(`${terminalRow(result)}\n`));
  const failures = failuresOf(results);
  for (const failure of failures) process.stdout.write(`\n${failure}\n`);
  say(`${results.length} cases in ${duration(performance.now() - started)}, ${failures.length} failures`);
  if (wanted.length === 0) {
    const versions = await proofVersions();
    await writeFile(inRoot("docs", "proof.md"), proofPage(results, versions));
    await writeFile(inRoot("test", "proof", "releases.json"), releasesText(versions, await neighbourReleases()));
    say("wrote docs/proof.md and test/proof/releases.json; run: npm run generate");
  }
  return failures.length === 0 ? 0 : 1;
});
