import { parentPort, workerData } from "node:worker_threads";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { LOG_JOBS } from "./jobs.ts";
import { startPartMaking } from "./make-parts.ts";
import type { PartRequest, ThreadData, ThreadMessage } from "./messages.ts";

// A thread that makes parts of one log, one after the other, until its port is closed.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- run-log-job.ts starts this thread with nothing else
const { job, options, fd } = workerData as ThreadData;

const making = LOG_JOBS[job]().then((module) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the options are those that were given to this very job
  startPartMaking(module, options as never, createCatalogueEngine()),
);

function say(message: ThreadMessage, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}

async function make({ index, start, end }: PartRequest): Promise<void> {
  try {
    const range = (await making).file(fd, start, end);
    while (range.step()) continue;
    const { part, lines, transfer } = range.finish();
    say({ kind: "part", answer: { index, part, lines } }, transfer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    say({ kind: "failed", message, code });
  }
}

parentPort?.on("message", (request: PartRequest | "end") => {
  if (request === "end") parentPort?.close();
  else void make(request);
});
