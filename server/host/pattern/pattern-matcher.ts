import process from "node:process";
import { Worker } from "node:worker_threads";
import type { PatternCapture, PatternFault, PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import type { PatternTableType } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { compileRequest, engineRequest } from "./engine-request.ts";
import type { EngineRequest, WorkerMessage } from "./messages.ts";
import { hasSharedGroups } from "./posix-syntax.ts";

/** Time for one question, in ms of the processor. Postfix itself stops at a match limit that takes about as long. */
const DEADLINE = 200;
/** The same by the clock: on a busy machine the thread may not have been given that much of the processor. */
const LONGEST_WAIT = 1500;
/** Time for the engine to load, in ms: a busy machine must not make every answer unknown. */
const START_DEADLINE = 10_000;

export interface ClosablePatternMatcher extends PatternMatcher {
  /** End the thread. Questions asked later start another. */
  close(): Promise<void>;
}

interface Running {
  readonly worker: Worker;
  readonly ready: Promise<boolean>;
}

/**
 * Decides patterns with PCRE2 in a worker thread, one question after the other. `workerUrl` is the address of worker.ts or of its bundle.
 * The thread starts with the first question and does not keep the process alive.
 */
export function createPatternMatcher(workerUrl: URL | string, deadline: number = DEADLINE): ClosablePatternMatcher {
  let running: Running | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** The worker's answer; null if it has none in time. */
  async function ask(request: EngineRequest): Promise<WorkerMessage | null> {
    running ??= start(workerUrl);
    const { worker, ready } = running;
    worker.ref();
    const answer = (await ready) ? await answerOf(worker, request, deadline) : null;
    if (answer === null) {
      // Too late or broken: the thread is lost, the next question gets a new one.
      running = null;
      await worker.terminate();
      return null;
    }
    worker.unref();
    return answer;
  }

  function inTurn(request: EngineRequest): Promise<WorkerMessage | null> {
    const turn = last.then(() => ask(request)).catch(() => null);
    last = turn;
    return turn;
  }

  async function capture(
    type: PatternTableType,
    pattern: string,
    flags: string,
    subject: string,
  ): Promise<PatternCapture> {
    const request = engineRequest(type, pattern, flags, subject);
    const said = request === null ? null : await inTurn(request);
    return said?.kind === "answer" ? said.answer : { answer: "unknown" };
  }

  return {
    async match(type, pattern, flags, subject) {
      return (await capture(type, pattern, flags, subject)).answer;
    },
    async capture(type, pattern, flags, subject) {
      const captured = await capture(type, pattern, flags, subject);
      const shared = type === "pcre" || hasSharedGroups(pattern);
      return captured.answer === "match" && !shared ? { answer: "match", groups: null } : captured;
    },
    async compile(pattern, flags) {
      const request = compileRequest(pattern, flags);
      const said = request === null ? null : await inTurn(request);
      if (said?.kind !== "compiled") return "unknown";
      return said.fault !== null && dependsOnRelease(said.fault) ? "unknown" : said.fault;
    },
    async close() {
      await last;
      await running?.worker.terminate();
      running = null;
    },
  };
}

function start(workerUrl: URL | string): Running {
  const worker = new Worker(workerUrl);
  // An error that nobody listens to would end the process.
  worker.on("error", () => undefined);
  const ready = messageOf(worker, START_DEADLINE, START_DEADLINE).then((message) => message?.kind === "ready");
  return { worker, ready };
}

/** Newer engines let some lookbehinds pass that older ones do not, and name properties in other words. */
function dependsOnRelease({ words }: PatternFault): boolean {
  return words.includes("lookbehind") || words.includes("property");
}

async function answerOf(worker: Worker, request: EngineRequest, deadline: number): Promise<WorkerMessage | null> {
  const message = messageOf(worker, deadline, Math.max(deadline, LONGEST_WAIT));
  worker.postMessage(request, []);
  const said = await message;
  return said?.kind === "ready" ? null : said;
}

/**
 * The worker's next message, or null if it says nothing in time or ends.
 * @param deadline ms of the processor that this process may take, all its threads together: the worker's own cannot be asked for while it works
 * @param longest ms by the clock
 */
function messageOf(worker: Worker, deadline: number, longest: number): Promise<WorkerMessage | null> {
  return new Promise((resolve) => {
    const started = { at: performance.now(), cpu: process.cpuUsage() };
    let timer = setTimeout(onTime, deadline);
    function onTime(): void {
      const { user, system } = process.cpuUsage(started.cpu);
      const left = Math.min(deadline - (user + system) / 1000, longest - (performance.now() - started.at));
      if (left > 0) timer = setTimeout(onTime, Math.max(1, left));
      else done(null);
    }
    const onMessage = (message: WorkerMessage): void => done(message);
    const onEnd = (): void => done(null);
    function done(message: WorkerMessage | null): void {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
      resolve(message);
    }
    worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
  });
}
