import type { Span } from "../../text/span.ts";
import type { JoinedText } from "../lines/joined-text.ts";
import type { LineTree } from "../lines/logical-lines.ts";
import type { MasterWord } from "./master-word.ts";

export type MasterFieldName =
  | "service"
  | "type"
  | "private"
  | "unprivileged"
  | "chroot"
  | "wakeup"
  | "maxproc"
  | "command";

export interface MasterField extends MasterWord {
  readonly field: MasterFieldName;
}

/** `-o name=value` of one service: `-o name=value`, `-oname=value` or `-o { name = value }`. */
export interface Override {
  readonly form: "separate" | "joined" | "braced";
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  /** Empty, after the `=`, for an empty value. */
  readonly valueSpan: Span;
  readonly valueText: JoinedText;
  /** From `-o` to the end of the argument. */
  readonly span: Span;
  /** Index of its first word in `arguments`, and how many words it takes. */
  readonly argumentIndex: number;
  readonly argumentCount: number;
}

export interface MasterService {
  /** Service name as written, such as `submission` or `127.0.0.1:10025`. */
  readonly name: string;
  readonly type: string;
  /** The last part of the command field, such as `smtpd`. */
  readonly command: string;
  /** Fewer than eight if the entry is incomplete. */
  readonly fields: readonly MasterField[];
  readonly arguments: readonly MasterWord[];
  /** How many arguments, from the first, are options with their values; pipe(8) and spawn(8) attributes follow. */
  readonly optionCount: number;
  readonly overrides: readonly Override[];
  /** 1-based first physical line. */
  readonly line: number;
  /** The whole logical line with its last line break. */
  readonly span: Span;
  readonly joined: JoinedText;
}

/** `duplicate-service` is reported at the later entry, the one that master(8) uses. */
export type MasterCfProblemKind =
  | "leading-whitespace"
  | "too-few-fields"
  | "bad-field"
  | "override-without-equals"
  | "override-without-name"
  | "override-without-value"
  | "stray-argument"
  | "comment-argument"
  | "brace"
  | "duplicate-service"
  | "nul";

export interface MasterCfProblem {
  readonly kind: MasterCfProblemKind;
  readonly span: Span;
  /** 1-based first physical line of the entry. */
  readonly line: number;
}

export interface MasterCf {
  readonly text: string;
  readonly lines: LineTree;
  /** Incomplete entries included, in file order. */
  readonly services: readonly MasterService[];
  readonly problems: readonly MasterCfProblem[];
}
