import { setTimeout as pause } from "node:timers/promises";
import { type EditorClient, startEditor } from "./editor-client.ts";
import { milliseconds, type Row } from "./row.ts";

const LOG = "untitled:mail.log";
const MAIN_CF = "file:///nowhere/main.cf";
/** Between two questions, in each document. */
const ASKED_EVERY_MS = 5;

interface Paste {
  /** Until a question behind a message of these bytes is answered that the server has no use for: what the protocol costs. */
  readonly emptyMs: number;
  /** The same behind the paste. */
  readonly receivedMs: number;
  /** The longest that a question waited from then on until the diagnostics came. */
  readonly longestMs: Readonly<Record<"the log" | "main.cf", number>>;
  readonly asked: number;
  readonly shownMs: number;
}

/** How long a hover waits while the server makes itself acquainted with a large text. */
export async function measurePaste(text: string): Promise<readonly Row[]> {
  const { emptyMs, receivedMs, longestMs, asked, shownMs } = await paste(text);
  const what = `${(text.length / 1_000_000).toFixed(0)} MB pasted into a log`;
  return [
    {
      what: `${what}: the server has received it`,
      measured: milliseconds(receivedMs),
      beside: `a message of that size without a meaning: ${milliseconds(emptyMs)}`,
      floor: "",
      holds: null,
    },
    ...Object.entries(longestMs).map(
      ([where, ms]): Row => ({
        what: `${what}: the longest wait for a hover in ${where} from then on, of ${asked}`,
        measured: milliseconds(ms),
        beside: `diagnostics after ${milliseconds(shownMs)}`,
        floor: "under 100 ms",
        holds: ms < 100,
      }),
    ),
  ];
}

async function paste(text: string): Promise<Paste> {
  await using editor = await startEditor();
  const { connection } = editor;
  const open = (uri: string, languageId: string, content: string): Promise<void> =>
    connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text: content },
    });
  const start = text.slice(0, text.indexOf("\n", 100_000) + 1);
  await open(MAIN_CF, "postfix-main-cf", "myhostname = mail.example.com\n");
  await open(LOG, "postfix-log", start);
  await editor.published(LOG, 1);
  await hover(editor, MAIN_CF);
  await hover(editor, LOG);

  const begun = performance.now();
  await connection.sendNotification("$/nothing", { text });
  const emptyMs = await hover(editor, MAIN_CF, begun);

  const pasted = performance.now();
  const shown = { ms: 0 };
  const ended = editor.published(LOG, 2).then((params) => {
    shown.ms = performance.now() - pasted;
    return params;
  });
  const at = { line: 0, character: 0 };
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: LOG, version: 2 },
    contentChanges: [{ range: { start: at, end: at }, text }],
  });
  const receivedMs = await hover(editor, MAIN_CF, pasted);
  const waits: Promise<number>[][] = [[], []];
  while (shown.ms === 0) {
    waits[0]?.push(hover(editor, LOG));
    waits[1]?.push(hover(editor, MAIN_CF));
    // oxlint-disable-next-line no-await-in-loop -- as somebody moves a pointer
    await pause(ASKED_EVERY_MS);
  }
  await ended;
  const [inLog = [], inMain = []] = await Promise.all(waits.map((some) => Promise.all(some)));
  return {
    emptyMs,
    receivedMs,
    longestMs: { "the log": Math.max(...inLog), "main.cf": Math.max(...inMain) },
    asked: inLog.length,
    shownMs: shown.ms,
  };
}

/** @returns milliseconds from the question, or from `since`, to the answer */
async function hover({ connection }: EditorClient, uri: string, since: number = performance.now()): Promise<number> {
  const position = { line: 0, character: 2 };
  const answer = await connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
  if (answer === null) throw new Error(`no hover in ${uri}`);
  return performance.now() - since;
}
