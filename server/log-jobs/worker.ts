import { parentPort } from "node:worker_threads";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { LOG_JOBS } from "./jobs.ts";
import { type PartMaking, startPartMaking } from "./make-parts.ts";
import type { PartRequest, ThreadData, ThreadMessage } from "./messages.ts";

// A thread that makes parts of one log, one after the other, until it is ended. All jobs take the engine, so it is there before a job is known.
const engine = createCatalogueEngine();
let started: { readonly fd: number; readonly making: Promise<PartMaking<unknown>> } | null = null;

async function start({ job, options }: ThreadData): Promise<PartMaking<unknown>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the options are those that were given to this very job
  return startPartMaking(await LOG_JOBS[job](), options as never, engine);
}

function say(message: ThreadMessage, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}

async function make({ index, start: from, end }: PartRequest): Promise<void> {
  if (started === null) throw new Error("a part is asked for before a job is");
  try {
    const range = (await started.making).file(started.fd, from, end);
    while (range.step()) continue;
    const { part, lines, transfer } = range.finish();
    say({ kind: "part", answer: { index, part, lines } }, transfer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    say({ kind: "failed", message, code });
  }
}

parentPort?.on("message", (message: ThreadData | PartRequest) => {
  if ("job" in message) started = { fd: message.fd, making: start(message) };
  else void make(message);
});
