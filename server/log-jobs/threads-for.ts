import { availableParallelism } from "node:os";

/** Bytes of log below which another thread takes longer to start than it helps. */
export const WORTH_A_THREAD = 16 * 1024 * 1024;
/** More threads than this wait for the disk. */
const MOST_THREADS = 7;

/**
 * How many threads besides this one a log is worth: with all that there are as many as processors, but one at least where this one is not to work.
 * @param file a plain one; what else there is can be read by one only
 * @param worksHere whether this thread does its share
 * @param worthAThread bytes, fewer where a job takes longer for one
 */
export function threadsFor(
  file: { readonly size: number } | null,
  worksHere: boolean,
  worthAThread: number = WORTH_A_THREAD,
): number {
  const free = availableParallelism() - (worksHere ? 1 : 0);
  return Math.min(Math.floor((file?.size ?? 0) / worthAThread), free, MOST_THREADS);
}
