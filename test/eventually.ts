/** How long a condition may take to come true, and how often it is looked at, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 25;

export interface Waiting {
  /** What is there instead, for the error's message. */
  readonly instead?: () => unknown;
  /** Milliseconds; 30,000 if not given. */
  readonly within?: number;
}

type NotYet = null | undefined | false;

/**
 * Looks again and again for what cannot announce itself; gives back the first find.
 * @param look null, undefined and false mean "not yet"
 * @throws if it does not come in time, naming what was waited for and what was there instead; and what `look` throws, at once
 */
export async function eventually<Found>(
  what: string,
  look: () => Found | NotYet | Promise<Found | NotYet>,
  { instead = () => "nothing", within = PATIENCE }: Waiting = {},
): Promise<Found> {
  const deadline = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) {
      const there = instead();
      const words = typeof there === "string" ? there : JSON.stringify(there);
      throw new Error(`waited ${within} ms in vain for ${what}; there is: ${words}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE);
    });
  }
}
