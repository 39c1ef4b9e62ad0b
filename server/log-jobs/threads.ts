import { createThread } from "./create-thread.ts";
import { takeEarlyThread } from "./early-thread.ts";
import type { PartAnswer, PartRequest, ThreadData, ThreadMessage } from "./messages.ts";

/** Threads that make parts of one log. */
export interface PartThreads {
  /** Hand out requests as long as `next` has any and a thread has been asked for fewer than `ahead` parts that it has not made. */
  assign(next: () => PartRequest | null, ahead: number): void;
  /** Resolves when something has come in since the last time. @throws what a thread has failed with */
  news(): Promise<void>;
  /** Ends all. Resolves when none reads the log any more. */
  close(): Promise<void>;
}

export function startThreads(count: number, data: ThreadData, onPart: (answer: PartAnswer) => void): PartThreads {
  let failure: Error | null = null;
  let wake: (() => void) | null = null;
  let hasNews = false;
  const tell = (): void => {
    hasNews = true;
    wake?.();
    wake = null;
  };

  const threads = Array.from({ length: count }, () => {
    const worker = takeEarlyThread() ?? createThread();
    worker.postMessage(data, []);
    const thread = { worker, asked: 0 };
    worker.on("message", (message: ThreadMessage) => {
      if (message.kind === "part") {
        thread.asked -= 1;
        onPart(message.answer);
      } else {
        failure ??= Object.assign(new Error(message.message), message.code === null ? {} : { code: message.code });
      }
      tell();
    });
    worker.on("error", (error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      tell();
    });
    return thread;
  });

  return {
    assign(next, ahead) {
      // One each in turn: the log is begun by all at once.
      for (let round = 0; round < ahead; round += 1) {
        for (const thread of threads) {
          if (thread.asked > round) continue;
          const request = next();
          if (request === null) return;
          thread.asked += 1;
          thread.worker.postMessage(request, []);
        }
      }
    },
    async news() {
      if (!hasNews && failure === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      hasNews = false;
      if (failure !== null) throw failure;
    },
    async close() {
      const busy = threads.filter(({ asked }) => asked > 0);
      const ended = threads.map(async ({ worker }) => {
        await worker.terminate();
      });
      // One with nothing to do reads nothing, and ends by itself meanwhile.
      if (busy.length > 0) await Promise.all(ended);
    },
  };
}
