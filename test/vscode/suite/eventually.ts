/** How long a condition may take to come true, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 50;

/**
 * Ask again and again until the answer is something; give back the first such answer. Null and undefined mean "not yet".
 * @throws if it does not come in time, naming what was waited for and what was there instead.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | null | undefined | Promise<T | null | undefined>,
  instead: () => unknown = () => "nothing",
): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const answer = await probe();
    if (answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline)
      throw new Error(`waited in vain for ${what}; there is: ${JSON.stringify(instead())}`);
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE);
    });
  }
}
