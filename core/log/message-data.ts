import type { LogLevel } from "./log-line.ts";
import type { Template } from "./matching/template-source.ts";
import type { System } from "./systems.ts";

/** A message that Postfix or a neighbour of it prints, as the files below reference/messages/ list them. */
export interface MessageRecord {
  /** `<component>/<words of the text>`, unique. A neighbour's component is its system. */
  readonly id: string;
  /** Whose lines it stands on. Absent: Postfix's. */
  readonly system?: System;
  /** The levels it is printed at; several where different places print the same words. */
  readonly levels: readonly LogLevel[];
  /** In the notation of template.ts, without the level's prefix. */
  readonly text: string;
  /** Other forms of the same message. */
  readonly also?: readonly string[];
  /** The daemons that can print it; empty where any of the system can, as for the library's messages. */
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
  return records.flatMap(({ id, system = "postfix", text, also = [], programs }) =>
    [text, ...also].map((form): Template => ({ id, text: form, layer: "message", system, programs })),
  );
}
