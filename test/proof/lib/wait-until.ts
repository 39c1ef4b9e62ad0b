/** How often something that cannot announce itself is looked at, in milliseconds. */
const LOOK_EVERY = 15;

/**
 * What `look` finds, as soon as it finds something.
 * @throws with what was waited for, once `deadline` milliseconds are over.
 */
export async function waitUntil<Found>(
  what: string | (() => string),
  look: () => Promise<Found | null> | Found | null,
  deadline = 10_000,
): Promise<Found> {
  const end = performance.now() + deadline;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end)
      throw new Error(`waited ${deadline} ms for ${typeof what === "string" ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
