import { type EditorClient, startEditor } from "./editor-client.ts";
import { logLines } from "./log/log-lines.ts";
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
  readonly appendP95: number;
  readonly askedP95: Readonly<Record<"hover" | "definition" | "references", number>>;
}

/** A large log open in the editor, beside a small one. Sizes in MB. */
export async function measureEditor(large: number, small: number): Promise<readonly Row[]> {
  const big = await live(large);
  const little = await live(small);
  const what = `a log of ${large} MB open in the editor`;
  const growth = big.appendP95 / little.appendP95;
  return [
    {
      what: `${what}: didOpen → diagnostics`,
      measured: milliseconds(big.openMs),
      beside: `${small} MB: ${milliseconds(little.openMs)}`,
      floor: "under 1.5 s",
      holds: big.openMs < 1500,
    },
    {
      what: `${what}: appended line → diagnostics, p95`,
      measured: milliseconds(big.appendP95),
      beside: `${small} MB: ${milliseconds(little.appendP95)}; ratio ${growth.toFixed(2)}`,
      floor: "under 20 ms, ratio at most 2",
      holds: big.appendP95 < 20 && growth <= 2,
    },
    ...Object.entries(big.askedP95).map(
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

async function live(megabytes: number): Promise<Opened> {
  const lines = linesOf(megabytes * 1_000_000);
  await using editor = await startEditor();
  const { connection } = editor;
  const begun = performance.now();
  const shown = editor.published(1);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "postfix-log", version: 1, text: `${lines.join("\n")}\n` },
  });
  await shown;
  const openMs = performance.now() - begun;
  const appended = await append(editor, lines);
  return { openMs, appendP95: quantile(appended, 0.95), askedP95: await ask(editor, lines) };
}

async function append(editor: EditorClient, lines: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let one = 0; one < APPENDED; one += 1) {
    const at = { line: lines.length + one, character: 0 };
    const version = one + 2;
    const begun = performance.now();
    const shown = editor.published(version);
    // oxlint-disable-next-line no-await-in-loop -- as a log grows: one line after the other
    await editor.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: URI, version },
      contentChanges: [{ range: { start: at, end: at }, text: `${lines[one] ?? ""}\n` }],
    });
    await shown;
    times.push(performance.now() - begun);
  }
  return times;
}

async function ask({ connection }: EditorClient, lines: readonly string[]): Promise<Opened["askedP95"]> {
  const places = placesOfIds(lines);
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
function placesOfIds(lines: readonly string[]): readonly { readonly line: number; readonly character: number }[] {
  const step = Math.floor(lines.length / ASKED);
  const found: { line: number; character: number }[] = [];
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
