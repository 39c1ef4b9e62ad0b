/** Bytes of log below which another thread takes longer to start than it helps. */
export const WORTH_A_THREAD = 16 * 1024 * 1024;
