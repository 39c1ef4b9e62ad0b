import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { growsTooFast } from "../../doors/lib/growth.ts";
import { onigLib } from "../tokenizer.ts";
import { grammarPatterns, LEDGER_PATH, type Verdict } from "./ledger.ts";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- scripts/redos.ts wrote it with this very type
const ledger = JSON.parse(await readFile(inRoot(LEDGER_PATH), "utf8")) as Readonly<Record<string, Verdict>>;

/** Code units; eight times that is near the 20,000 at which VS Code leaves a line alone. */
const SHORT = 2500;

test("every pattern of a grammar has been through the analyser", async () => {
  assert.deepEqual(Object.keys(ledger).sort(), await grammarPatterns(), "run npm run redos and look at what it says");
});

test("what the analyser would attack takes linear time in the engine that runs it", async (context) => {
  const engine = await onigLib();
  const attacked = Object.entries(ledger).filter(([, { attack }]) => attack !== undefined);
  for (const [pattern, { attack, growth }] of attacked) {
    const pumpLength = (attack?.pumps ?? []).reduce((sum, { pump }) => sum + pump.length, 1);
    const scanner = engine.createOnigScanner([pattern]);
    const word = await growsTooFast(
      (size) => {
        const text =
          (attack?.pumps ?? []).map(({ prefix, pump }) => prefix + pump.repeat(size)).join("") + (attack?.suffix ?? "");
        const subject = engine.createOnigString(text);
        return () => {
          // A grammar goes on behind each match, and starts again at each place without one.
          for (let at = 0; at < text.length; ) {
            const match = scanner.findNextMatchSync(subject, at);
            if (match === null) break;
            at = Math.max(at + 1, match.captureIndices[0]?.end ?? at);
          }
        };
      },
      Math.ceil(SHORT / pumpLength),
      1,
    );
    assert.equal(word, null, `${pattern} (${growth ?? ""})`);
  }
  const verdicts = Object.values(ledger).map(({ verdict }) => verdict);
  const count = (verdict: string): number => verdicts.filter((one) => one === verdict).length;
  context.diagnostic(
    `${count("safe")} safe, ${count("vulnerable")} attacked and measured, ${count("unknown")} unknown`,
  );
  assert.ok(count("unknown") <= 1);
});
