import type { AfterStep, Question } from "@postmaster/core/fixes/fix-offer.ts";
import type { WrittenSession } from "@postmaster/core/model/admission/read-session.ts";
import type { Position, Range, WorkspaceEdit } from "vscode-languageserver";

/**
 * What client and server say to each other beyond LSP. Types only: a client repeats the literals, checked against these.
 * Every URI is a document URI, every line zero-based.
 */

export type { AfterStep, Question };

/** `initializationOptions`. An editor that sends none gets a server that trusts its workspace and asks nothing of the client. */
export interface InitializationOptions {
  /** VS Code's workspace trust. False: nothing outside the workspace folders is read. Default true. */
  readonly trusted?: boolean;
  /** The client runs the commands of `CommandArguments` itself. Default false: the server offers them and shows their text as a message. */
  readonly clientCommands?: boolean;
  /** The client answers `postmaster/openDocument`. Default false: only documents of our languages are known as the editor has them. */
  readonly openDocuments?: boolean;
  /** The client writes behind each item of a list without a text of its own what `CommonData` says. Default false: each item says what it inserts. */
  readonly addsCommonEnd?: boolean;
}

/** What `itemDefaults.data` says to a client that said `addsCommonEnd`, where all items of a list end alike. */
export interface CommonData {
  readonly kind: string;
  /** Stands behind the label when it is inserted, such as ` = `. */
  readonly end: string;
}

/** Which configuration a document's fixes are computed against. */
export interface Status {
  readonly configuration: {
    /** Of main.cf. */
    readonly uri: string;
    readonly directory: string;
    readonly how: "setting" | "near-log" | "workspace" | "system";
  } | null;
  /** One sentence of plain text: why this one, or why none. */
  readonly detail: string;
}

export interface FixParameters {
  /** As it stood in the code action's command; opaque. */
  readonly fixId: string;
  readonly uri: string;
  readonly line: number;
  /** Answers by question id. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Exactly one of `edit` and `problem` is not null. */
export interface FixResult {
  readonly title: string;
  /** With change annotations where the client knows them; computed against the documents as they are now. */
  readonly edit: WorkspaceEdit | null;
  readonly after: AfterFixArguments | null;
  /** Plain text for the user: why there is no edit. */
  readonly problem: string | null;
}

export interface ExplainParameters {
  /** Any text: a log line, a message, the id of a catalogue entry, a parameter, a code. */
  readonly text: string;
}

interface ExplainResult {
  /** Safe Markdown, or null if the text means nothing to us. */
  readonly markdown: string | null;
}

/** Told after a fix was applied: what has to happen before it takes effect. */
export interface AfterFixArguments {
  readonly title: string;
  readonly after: readonly AfterStep[];
  /** The steps of `after` as shell lines, quoted; never run by us. Empty where a step is not a matter of one command. */
  readonly commands: readonly string[];
  /** The edited documents, and for each the version the edit was made for (null: not open in the editor then). */
  readonly uris: readonly string[];
  readonly versions: readonly (number | null)[];
  /** The edited configuration is the running one of the machine this server runs on: a terminal here is in the right place. */
  readonly onLogHost: boolean;
  /** The edit was made only if its owner has ticked it in the editor's preview. */
  readonly waitsForTick: boolean;
}

export interface AskThenFixArguments {
  readonly fixId: string;
  readonly uri: string;
  readonly line: number;
  readonly question: Question;
}

export interface CopyCommandsArguments {
  readonly title: string;
  /** The whole fix as shell lines, quoted; never run by us. */
  readonly commands: readonly string[];
  readonly onLogHost: boolean;
}

export interface ShowLinesArguments {
  readonly title: string;
  /** The file the lines belong into; it may not exist here. */
  readonly fileName: string;
  readonly text: string;
  readonly reason: string;
}

export interface ShowReasonArguments {
  /** The fix that is not to be had. */
  readonly title: string;
  /** Plain text: why not. */
  readonly reason: string;
}

export interface ReportParameters {
  /** Chosen by the editor: progress is told under it. */
  readonly id: string;
  /** Of logs and of folders with logs. */
  readonly uris: readonly string[];
}

export interface ReportResult {
  /** Safe HTML for a view; see client/views. Its actions: `lines` with a query for `ReportLinesParameters`, `open` with `log` and `line` as JSON. */
  readonly html: string;
}

export interface ReportLinesParameters extends ReportParameters {
  /** As it stood in the report. */
  readonly query: string;
}

export interface ReportLinesResult {
  /** The first of the lines that a number of the report counts. */
  readonly lines: readonly {
    readonly uri: string;
    /** Zero-based. */
    readonly line: number;
    /** As logged, a giant one cut. */
    readonly text: string;
  }[];
  readonly total: number;
}

export interface ValidateResult {
  /** Plain text: why nothing was run; null if it was. */
  readonly problem: string | null;
  /** One sentence for a message. */
  readonly summary: string;
  /** The commands and what they said, lines of plain text. */
  readonly report: string;
  readonly complaints: number;
}

export interface TablesParameters {
  readonly uri: string;
  /** Where the cursor is: a table that is named there is the only answer. */
  readonly position?: Position;
}

export interface LookUpParameters {
  /** A table, or a file of the configuration that names it. */
  readonly uri: string;
  /** `type:name`; null: the first way in which the configuration names the table of `uri`. */
  readonly table: string | null;
  readonly key: string;
}

export interface LookUpResult {
  /** Plain text: why nothing was looked up; null if it was. */
  readonly problem: string | null;
  /** `type:name`. */
  readonly table: string;
  /** What `postmap -q` says; null: it has no such key. */
  readonly value: string | null;
  /** What it complained about, lines of plain text. */
  readonly complaints: string;
  /** Where postmap could not tell: what the table's text says, which is not what Postfix reads. Null where it told, and where the text does not tell either. */
  readonly fromText: TextAnswer | null;
}

/** What our own reading of a table finds. */
export interface TextAnswer {
  /** Null: it has no such key. */
  readonly value: string | null;
  /** From 1; null where no line answers. */
  readonly line: number | null;
}

export interface RouteParameters {
  /** Any document of the configuration, or a log that belongs to it. */
  readonly uri: string;
  readonly recipient: string;
  /** Envelope sender, empty for a notification; null: not said. */
  readonly sender: string | null;
}

/** One step of a route. `place`: where the setting or table line that decided stands. */
export interface RouteStep {
  readonly kind: "step" | "recipient" | "problem";
  readonly label: string;
  /** Plain text, hidden characters made visible. */
  readonly text: string;
  readonly parameter: string | null;
  readonly place: { readonly uri: string; readonly line: number } | null;
}

export interface RouteResult {
  /** Plain text: why there is no route; null if there is one. */
  readonly problem: string | null;
  readonly lines: readonly RouteStep[];
}

export interface AdmitParameters {
  /** A document of the configuration, or a log of its server; any other: the workspace's configuration. */
  readonly uri: string;
  /** A service of master.cf; null: the one that strangers come to. */
  readonly service: string | null;
  readonly session: WrittenSession;
  /** What the configuration does not tell, as `postmaster admit --assume` takes it. */
  readonly assumptions: readonly string[];
}

export interface AdmitResult {
  /** Plain text, made harmless; empty if there is a problem. */
  readonly text: string;
  /** Places in the text and what they lead to. */
  readonly links: readonly { readonly range: Range; readonly uri: string; readonly position: Position }[];
  /** Places in the text that say what could be told: to be changed by the user, then asked again with it among the assumptions. */
  readonly tells: readonly { readonly range: Range; readonly assumption: string }[];
  /** Plain text for the user: why there is no answer. */
  readonly problem: string | null;
}

/** A place in a log that is open: on a queue id, or anywhere on a line about a mail. */
export interface TraceParameters {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** Either `html` or `problem` is not null. */
export interface TraceResult {
  readonly title: string;
  /** Safe HTML for a view. Its one action is `open`, with `log` (a path, or a URI where it is no file) and `line` as JSON. */
  readonly html: string | null;
  /** Plain text for the user: why there is no trace. */
  readonly problem: string | null;
}

/** A line of a log that is open. */
export interface SettingParameters {
  readonly uri: string;
  readonly line: number;
}

export interface SettingResult {
  /** Places of the configuration that produced the line, the most telling first. */
  readonly places: readonly {
    readonly uri: string;
    readonly range: Range;
    /** Plain text. */
    readonly words: string;
  }[];
  /** Plain text for the user: why there is none; null if there is one. */
  readonly problem: string | null;
}

export interface RedactParameters {
  readonly uri: string;
  /** The lines they touch, each once; the whole log where all are empty. */
  readonly ranges: readonly Range[];
}

/** Either `text` or `problem` is not null. */
export interface RedactResult {
  /** Each line ended by a line feed. */
  readonly text: string | null;
  /** Plain text for the user: what was replaced and what was kept. */
  readonly summary: string;
  /** Plain text for the user: why there is no text. */
  readonly problem: string | null;
}

/** Commands of code actions with their one argument. */
export interface CommandArguments {
  readonly "postmaster.afterFix": AfterFixArguments;
  readonly "postmaster.askThenFix": AskThenFixArguments;
  readonly "postmaster.copyCommands": CopyCommandsArguments;
  readonly "postmaster.showLines": ShowLinesArguments;
  readonly "postmaster.showReason": ShowReasonArguments;
  readonly "postmaster.traceMail": TraceParameters;
  readonly "postmaster.goToSetting": SettingParameters;
}

/** The report of a log that has grown. */
interface ReportChange extends ReportResult {
  readonly id: string;
}

/** Requests: parameters and result by method. */
export interface Requests {
  readonly "postmaster/status": { readonly params: { readonly uri: string }; readonly result: Status };
  readonly "postmaster/fix": { readonly params: FixParameters; readonly result: FixResult };
  readonly "postmaster/validate": { readonly params: { readonly uri: string }; readonly result: ValidateResult };
  readonly "postmaster/lookUp": { readonly params: LookUpParameters; readonly result: LookUpResult };
  readonly "postmaster/route": { readonly params: RouteParameters; readonly result: RouteResult };
  readonly "postmaster/tables": { readonly params: TablesParameters; readonly result: readonly string[] };
  readonly "postmaster/admit": { readonly params: AdmitParameters; readonly result: AdmitResult };
  readonly "postmaster/smtpdServices": {
    readonly params: { readonly uri: string };
    readonly result: readonly string[];
  };
  readonly "postmaster/explain": { readonly params: ExplainParameters; readonly result: ExplainResult };
  readonly "postmaster/setting": { readonly params: SettingParameters; readonly result: SettingResult };
  readonly "postmaster/trace": { readonly params: TraceParameters; readonly result: TraceResult };
  readonly "postmaster/redact": { readonly params: RedactParameters; readonly result: RedactResult };
  /** The report of this id is kept up to date, by `reportChanged`, until `reportClosed`. Null: it could not be made. */
  readonly "postmaster/report": { readonly params: ReportParameters; readonly result: ReportResult | null };
  readonly "postmaster/reportLines": {
    readonly params: ReportLinesParameters;
    readonly result: ReportLinesResult | null;
  };
}

/** Requests of the server to a client that said `openDocuments`. Null: not open there. */
export interface ClientRequests {
  readonly "postmaster/openDocument": {
    readonly params: { readonly uri: string };
    readonly result: { readonly version: number; readonly text: string } | null;
  };
}

/** Notifications: parameters by method. `trust` and `reportClosed` go to the server; to the client: `statusChanged` (ask for the status again), `reportProgress` (0 to 1) and `reportChanged`. */
export interface Notifications {
  readonly "postmaster/trust": { readonly trusted: boolean };
  readonly "postmaster/statusChanged": null;
  readonly "postmaster/reportProgress": { readonly id: string; readonly part: number };
  readonly "postmaster/reportChanged": ReportChange;
  readonly "postmaster/reportClosed": { readonly id: string };
}
