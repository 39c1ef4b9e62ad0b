/** What the process says about its run: nothing found, something found, or it could not do what it was asked to. */
export const FOUND_NOTHING = 0;
export const FOUND_SOMETHING = 1;
export const FAILED = 2;
/** It depends on something that is not known here. */
export const UNDECIDED = 3;
export type ExitCode = typeof FOUND_NOTHING | typeof FOUND_SOMETHING | typeof FAILED | typeof UNDECIDED;

/** The command line itself is wrong. The message is for people and ends without a full stop. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
