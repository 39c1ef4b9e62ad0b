// First: see there.
import "./engine-surroundings.ts";

import { parentPort } from "node:worker_threads";
import type { PatternAnswer } from "@postmaster/core/model/pattern-matcher.ts";
import pcre2 from "@stephen-riley/pcre2-wasm";
import type { EngineRequest, WorkerMessage } from "./messages.ts";

/** Runs PCRE2 in a thread of its own, so that a pattern that never ends can be ended with the thread. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("the pattern worker is started as a worker thread");
  const Pcre = pcre2.default;
  await Pcre.init();
  const say = (message: WorkerMessage): void => port.postMessage(message);
  port.on("message", (request: EngineRequest) => say({ kind: "answer", answer: decide(request) }));
  say({ kind: "ready" });

  function decide(request: EngineRequest): PatternAnswer {
    try {
      const compiled = new Pcre(request.pattern, request.flags);
      try {
        return compiled.match(request.subject) === null ? "no-match" : "match";
      } finally {
        compiled.destroy();
      }
    } catch {
      // It does not compile, or the engine reached a limit: Postfix may decide otherwise.
      return "unknown";
    }
  }
}

void serve();
