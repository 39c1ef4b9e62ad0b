// First: see there.
import "./engine-surroundings.ts";

import { parentPort } from "node:worker_threads";
import type { PatternCapture, PatternFault } from "@postmaster/core/model/pattern-matcher.ts";
import pcre2, { type Match } from "@stephen-riley/pcre2-wasm";
import type { EngineRequest, WorkerMessage } from "./messages.ts";

/** Runs PCRE2 in a thread of its own, so that a pattern that never ends can be ended with the thread. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("the pattern worker is started as a worker thread");
  const Pcre = pcre2.default;
  await Pcre.init();
  const say = (message: WorkerMessage): void => port.postMessage(message);
  port.on("message", (request: EngineRequest) => say(answer(request)));
  say({ kind: "ready" });

  function answer({ pattern, flags, subject }: EngineRequest): WorkerMessage {
    return subject === null
      ? { kind: "compiled", fault: faultOf(pattern, flags) }
      : { kind: "answer", answer: decide(pattern, flags, subject) };
  }

  function faultOf(pattern: string, flags: string): PatternFault | null {
    try {
      new Pcre(pattern, flags).destroy();
      return null;
    } catch (error) {
      const words = error instanceof Error ? error.message : "";
      const offset = error instanceof Error && "offset" in error ? Number(error.offset) : 0;
      return { offset, words };
    }
  }

  function decide(pattern: string, flags: string, subject: string): PatternCapture {
    try {
      const compiled = new Pcre(pattern, flags);
      try {
        const match = compiled.match(subject);
        return match === null ? { answer: "no-match" } : { answer: "match", groups: groupsOf(match, subject) };
      } finally {
        compiled.destroy();
      }
    } catch {
      // It does not compile, or the engine reached a limit: Postfix may decide otherwise.
      return { answer: "unknown" };
    }
  }
}

function groupsOf(match: Match, subject: string): readonly (string | null)[] {
  return Array.from({ length: match.length - 1 }, (_, index) => {
    const { start, end } = match[index + 1] ?? { start: -1, end: -1 };
    // A group that took no part stands beyond every text.
    return start >= 0 && start <= end && end <= subject.length ? subject.slice(start, end) : null;
  });
}

void serve();
