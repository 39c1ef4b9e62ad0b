import type { LogLevel } from "./log-line.ts";
import type { Template } from "./matching/template-source.ts";

/** A message that a program of Postfix prints, as reference/messages/*.json lists them. */
export interface MessageRecord {
  /** `<component>/<words of the text>`, unique. */
  readonly id: string;
  /** The levels it is printed at; several where different places print the same words. */
  readonly levels: readonly LogLevel[];
  /** In the notation of template.ts, without the level's prefix. */
  readonly text: string;
  /** Other forms of the same message. */
  readonly also?: readonly string[];
  /** The daemons that can print it; empty where any of Postfix can, as for the library's messages. */
  readonly programs: readonly string[];
  /** The first release (X.Y) with these words; "2.0" stands for 2.0 or older. Absent: not known. */
  readonly since?: string;
  /** The last release with these words. Absent: the newest still has them. */
  readonly until?: string;
  /** Printed only in verbose or debugging modes. */
  readonly verbose?: boolean;
}

/** The templates of the message layer, in the order of the records. */
export function messageTemplates(records: readonly MessageRecord[]): Template[] {
  return records.flatMap(({ id, text, also = [], programs }) =>
    [text, ...also].map((form): Template => ({ id, text: form, layer: "message", system: "postfix", programs })),
  );
}
