import process from "node:process";

/** Processor time of one call in ms, ours alone: other programs on the machine do not count. The least of several calls. */
async function cost(run: () => Promise<void> | void, calls: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let call = 0; call < calls; call += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Below so many ms a measurement is all noise. */
const NOISE = 20;
/** Four times the text may take four times the time, and as much again with garbage to collect; quadratic would be sixteen. */
const FACTOR = 9;
const ATTEMPTS = 4;

/**
 * How the time of `run` grows to four times a size (the given one or a multiple), where that is more than linear: in words. Null: it grows
 * as it may. The size is doubled at most `mostDoublings` times to get above the noise: what is still below it then is quick enough.
 */
export async function growsTooFast(
  run: (size: number) => () => Promise<void> | void,
  given: number,
  mostDoublings = 5,
): Promise<string | null> {
  let size = given;
  for (let doubling = 0; doubling < mostDoublings && (await cost(run(size), 2)) < NOISE; doubling += 1) size *= 2;
  const small = run(size);
  const large = run(4 * size);
  let word = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const once = await cost(small, 2);
    const four = await cost(large, 1 + attempt);
    if (four <= Math.max(NOISE, once) * FACTOR) return null;
    word = `${once.toFixed(0)} ms at ${size}, then ${four.toFixed(0)} ms`;
  }
  return word;
}
