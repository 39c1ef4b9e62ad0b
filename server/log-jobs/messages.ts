import type { LogJobName } from "./log-job.ts";

/** The first thing that a thread is told. */
export interface ThreadData {
  readonly job: LogJobName;
  readonly options: unknown;
  /** Descriptor of the log; the thread that asked keeps it open. */
  readonly fd: number;
}

/** A part to make: bytes `start..end` of the log. */
export interface PartRequest {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** A part that is made. */
export interface PartAnswer {
  readonly index: number;
  readonly part: unknown;
  /** How many lines it has. */
  readonly lines: number;
}

/** What a thread says; of an error the system's code goes with it, which an Error loses between threads. */
export type ThreadMessage =
  | { readonly kind: "part"; readonly answer: PartAnswer }
  | { readonly kind: "failed"; readonly message: string; readonly code: string | null };
