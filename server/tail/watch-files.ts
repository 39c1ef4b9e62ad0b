import { type FSWatcher, watch } from "node:fs";
import path from "node:path";

/** Not every file system tells of changes, and none of those that a remote machine makes. */
const INTERVAL = 1000;
/** Many lines are often written at once. */
const PAUSE = 50;

/**
 * Calls `look` soon after one of the files may have changed, and now and then anyway; never again before it is done.
 * @param keepsAlive whether the process waits for changes and does not end for want of anything else to do
 * @returns what ends it
 */
export function watchFiles(
  files: readonly string[],
  keepsAlive: boolean,
  look: () => Promise<void>,
): { close(): void } {
  let isLooking = false;
  let isClosed = false;
  let soon: NodeJS.Timeout | null = null;
  const run = async (): Promise<void> => {
    if (isLooking || isClosed) return;
    isLooking = true;
    await look();
    isLooking = false;
  };
  const notice = (): void => {
    soon ??= setTimeout(() => {
      soon = null;
      void run();
    }, PAUSE);
  };
  const timer = setInterval(() => void run(), INTERVAL);
  if (!keepsAlive) timer.unref();
  const watchers = [...new Set(files.map((file) => path.dirname(file)))].flatMap((folder) =>
    watchFolder(folder, notice),
  );
  return {
    close() {
      isClosed = true;
      clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** None where the folder cannot be watched: the interval is enough. */
function watchFolder(folder: string, notice: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, notice);
    watcher.on("error", () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
