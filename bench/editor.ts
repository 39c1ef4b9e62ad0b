import type {
  ClientCapabilities,
  DocumentDiagnosticReport,
  Position,
  ProtocolConnection,
} from "vscode-languageserver/node";
import { type EditorClient, startEditor } from "./editor-client.ts";
import { logLines } from "./log/log-lines.ts";
import { measurePaste } from "./paste.ts";
import { milliseconds, quantile, type Row } from "./row.ts";

const URI = "untitled:mail.log";
const APPENDED = 200;
const ASKED = 100;
const STARTS = 20;

/** From the start of the process to the answer to `initialize`. */
export async function measureStart(): Promise<readonly Row[]> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time: they must not disturb each other
    await using editor = await startEditor();
    times.push(editor.startedIn);
  }
  const median = quantile(times, 0.5);
  const floor = "median under 150 ms";
  return [
    {
      what: `the server from spawn to \`initialized\`, ${STARTS} times`,
      measured: `median ${milliseconds(median)}, p95 ${milliseconds(quantile(times, 0.95))}`,
      beside: "",
      floor,
      holds: median < 150,
    },
  ];
}

interface Opened {
  readonly openMs: number;
  readonly listed: number;
  readonly appendP95: number;
  readonly askedP95: Readonly<Record<"hover" | "definition" | "references", number>>;
}

/** How an editor comes to its diagnostics. `asks`: as VS Code does, and it is asked to ask again. */
type Way = "asks" | "is told" | "is told of few";

const ABILITIES: Readonly<Record<Way, ClientCapabilities>> = {
  asks: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  "is told": {},
  "is told of few": {},
};
/** Fewer problems than a log of 1 MB has. */
const FEW = 200;

/** A large log open in the editor, beside a small one. Sizes in MB. */
export async function measureEditor(large: number, small: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const what = `a log of ${large} MB open in the editor`;
  for (const way of ["asks", "is told", "is told of few"] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time: they must not disturb each other
    const big = await live(large, way);
    // oxlint-disable-next-line no-await-in-loop -- the same
    const little = await live(small, way);
    if (way === "asks") rows.push(...openRows(what, big, `${small} MB: ${milliseconds(little.openMs)}`));
    const growth = big.appendP95 / little.appendP95;
    rows.push({
      what: `${what}: appended line → diagnostics, p95, where the editor ${way}`,
      measured: `${milliseconds(big.appendP95)}, ${big.listed} listed`,
      beside: `${small} MB: ${milliseconds(little.appendP95)}, ${little.listed} listed; ratio ${growth.toFixed(2)}`,
      // An editor that is told gets all that is listed each time: that grows with what is listed, not with the log.
      floor: way === "is told" ? "under 20 ms" : "under 20 ms, ratio at most 2",
      holds: big.appendP95 < 20 && (growth <= 2 || way === "is told"),
    });
  }
  rows.push(...(await measurePaste(`${linesOf((large * 5 * 1_000_000) / 4).join("\n")}\n`)));
  return rows;
}

function openRows(what: string, { openMs, askedP95 }: Opened, beside: string): readonly Row[] {
  return [
    {
      what: `${what}: didOpen → diagnostics`,
      measured: milliseconds(openMs),
      beside,
      floor: "under 1.5 s",
      holds: openMs < 1500,
    },
    ...Object.entries(askedP95).map(
      ([method, p95]): Row => ({
        what: `${what}: ${method} on a queue id, p95 after the first`,
        measured: milliseconds(p95),
        beside: "",
        floor: "under 10 ms",
        holds: p95 < 10,
      }),
    ),
  ];
}

async function live(megabytes: number, way: Way): Promise<Opened> {
  await using editor = await startEditor(ABILITIES[way]);
  await editor.configure(way === "is told of few" ? { problems: { max: FEW } } : {});
  const diagnosed = way === "asks" ? asking(editor) : (version: number) => told(editor, version);
  const { begun, ...log } = await open(editor.connection, megabytes);
  const listed = await diagnosed(1);
  const openMs = performance.now() - begun;
  const appended = await append(editor, log, diagnosed);
  return { openMs, listed, appendP95: quantile(appended, 0.95), askedP95: await ask(editor, log.places) };
}

/** What is needed of a log that is open. The rest is let go: in a process that holds it all, collecting garbage is what takes the time. */
interface OpenedLog {
  readonly begun: number;
  readonly lineCount: number;
  readonly head: readonly string[];
  /** Queue ids all over it. */
  readonly places: readonly Position[];
}

async function open(connection: ProtocolConnection, megabytes: number): Promise<OpenedLog> {
  const lines = linesOf(megabytes * 1_000_000);
  const text = `${lines.join("\n")}\n`;
  const begun = performance.now();
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "postfix-log", version: 1, text },
  });
  // Lines are pieces of what they were made from: a copy is not.
  const head: readonly string[] = structuredClone(lines.slice(0, APPENDED));
  return { begun, lineCount: lines.length, head, places: placesOfIds(lines) };
}

/** @returns how many diagnostics a version has, once they are known */
type Diagnosed = (version: number) => Promise<number>;

async function told(editor: EditorClient, version: number): Promise<number> {
  return (await editor.published(URI, version)).diagnostics.length;
}

function asking({ connection }: EditorClient): Diagnosed {
  let known: { readonly resultId?: string | undefined; readonly count: number } = { count: 0 };
  return async () => {
    const report: DocumentDiagnosticReport = await connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri: URI },
      ...(known.resultId === undefined ? {} : { previousResultId: known.resultId }),
    });
    if (report.kind === "full") known = { resultId: report.resultId, count: report.items.length };
    return known.count;
  };
}

async function append(
  { connection }: EditorClient,
  { lineCount, head }: Omit<OpenedLog, "begun">,
  diagnosed: Diagnosed,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const [one, line] of head.entries()) {
    const at = { line: lineCount + one, character: 0 };
    const version = one + 2;
    const begun = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- as a log grows: one line after the other
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: URI, version },
      contentChanges: [{ range: { start: at, end: at }, text: `${line}\n` }],
    });
    // oxlint-disable-next-line no-await-in-loop -- the same
    await diagnosed(version);
    times.push(performance.now() - begun);
  }
  return times;
}

async function ask({ connection }: EditorClient, places: readonly Position[]): Promise<Opened["askedP95"]> {
  const times = { hover: [] as number[], definition: [] as number[], references: [] as number[] };
  for (const [index, position] of places.entries()) {
    for (const method of ["hover", "definition", "references"] as const) {
      const params = { textDocument: { uri: URI }, position, context: { includeDeclaration: true } };
      const begun = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- as a person asks: one thing after the other
      const answer = await connection.sendRequest(`textDocument/${method}`, params);
      if (index > 0) times[method].push(performance.now() - begun);
      if (answer === null || (Array.isArray(answer) && answer.length === 0))
        throw new Error(`no ${method} at line ${position.line}`);
    }
  }
  return {
    hover: quantile(times.hover, 0.95),
    definition: quantile(times.definition, 0.95),
    references: quantile(times.references, 0.95),
  };
}

/** Queue ids all over the log. */
function placesOfIds(lines: readonly string[]): readonly Position[] {
  const step = Math.floor(lines.length / ASKED);
  const found: Position[] = [];
  for (let line = 0; line < lines.length && found.length < ASKED; line += 1) {
    if (line < found.length * step) continue;
    const text = lines[line] ?? "";
    const id = /\]: ([0-9A-F]{10}): /.exec(text);
    if (id !== null) found.push({ line, character: text.indexOf(id[1] ?? "") + 2 });
  }
  return found;
}

function linesOf(bytes: number): readonly string[] {
  const lines: string[] = [];
  let length = 0;
  for (const line of logLines(1)) {
    lines.push(line);
    length += line.length + 1;
    if (length >= bytes) break;
  }
  return lines;
}
