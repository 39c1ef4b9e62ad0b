import type { LogEngine } from "../../log/log-engine.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What redaction needs: who understands lines, what stands for what, and which words are everybody's. */
export interface Redactor {
  readonly engine: LogEngine;
  readonly names: Pseudonyms;
  readonly vocabulary: Vocabulary;
}

/** What became of a line. */
export interface RedactedLine {
  readonly text: string;
  /** The message is the same one as before; false where a name had to go that the message is recognised by. */
  readonly same: boolean;
}
