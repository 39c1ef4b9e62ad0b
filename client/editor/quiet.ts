import { isCancelled } from "./is-cancelled.ts";

/** A command that ends without a word when it was cancelled: whoever cancelled it knows, or has told the user. */
export function quiet<A extends unknown[]>(run: (...given: A) => Promise<void> | void): (...given: A) => Promise<void> {
  return async (...given) => {
    try {
      await run(...given);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
  };
}
