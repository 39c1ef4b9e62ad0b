import { lineText } from "@postmaster/core/log/line-content.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { LogTime } from "@postmaster/core/log/log-line.ts";
import { logTimeMs, type TimeReference } from "@postmaster/core/log/log-time.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { otlpLine } from "@postmaster/core/report/otlp.ts";
import { byteOutput } from "@postmaster/core/report/parse/byte-output.ts";
import { type LineWriter, lineWriter } from "@postmaster/core/report/parse/line-writer.ts";
import { parsedLine } from "@postmaster/core/report/parsed-line.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { bufferText } from "../../host/buffer-text.ts";
import { type TimeOptions, timeReference } from "../../host/time-reference.ts";
import type { LogJob } from "../../log-jobs/log-job.ts";
import { version } from "../version.ts";

export const PARSE_FORMATS = ["json", "otlp"] as const;
export type ParseFormat = (typeof PARSE_FORMATS)[number];

/** What each thread of a parse knows. */
export interface ParseOptions extends TimeOptions {
  readonly format: ParseFormat;
  /** The log's, as the user named it. */
  readonly name: string;
  /** When the log was last changed, ms since 1970. */
  readonly notAfter: number;
}

/** The lines of a part as JSON, one behind the other. Of the format `json` each lacks `{"line":1` at its start: a thread does not know the number. */
export interface ParsePart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each line ends. */
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Writes the lines of a log as JSON. */
export const parseJob: LogJob<ParseOptions, ParsePart> = {
  name: "parse",
  goal: "both",
  // Five times that much is written for it, and parts wait for each other.
  partBytes: 256 * 1024,
  mostWaiting: 4,
  start(options, engine) {
    const reference = timeReference(options.notAfter, options);
    const write =
      options.format === "json"
        ? lineWriter(engine, reference, bufferText("latin1"))
        : otlpWriter(engine, reference, options.name);
    const out = byteOutput();
    let ends: number[] = [];
    return {
      visit(line, bytes, start, end) {
        write(line, bytes, start, end, out);
        ends.push(out.length);
      },
      finish() {
        const part = { bytes: out.take(), ends: Int32Array.from(ends) };
        ends = [];
        return part;
      },
    };
  },
  transfer: ({ bytes, ends }) => [bytes.buffer, ends.buffer],
};

function otlpWriter(engine: LogEngine, reference: TimeReference, name: string): LineWriter {
  return (_line, bytes, start, end, out) => {
    const line = engine.readText(lineText(bytes, start, end));
    const parsed = parsedLine(0, line, reference);
    out.raw(encodeUtf8(jsonText(otlpLine(parsed, nanoseconds(line.time, reference), name, version))));
  };
}

/** Since 1970, as digits: they do not fit a number. */
function nanoseconds(time: LogTime | null, reference: TimeReference): string | null {
  const ms = time === null ? null : logTimeMs(time, reference);
  if (time === null || ms === null) return null;
  return String(BigInt(ms) * 1_000_000n + BigInt(time.microsecond % 1000) * 1000n);
}
