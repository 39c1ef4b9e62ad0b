import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import process from "node:process";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { mutate, type Random, random } from "../core/syntax/random.ts";
import { startClient, type TestClient } from "../server/client.ts";
import { copyOfSamples, type Scratch } from "../server/scratch.ts";
import { rounds } from "./rounds.ts";

const STEPS = rounds(100_000);
/** How often the state is held against a fresh start's. */
const CHECKS = 20;
/** Longer documents are cut: the soak is about states, not about sizes. UTF-16 code units. */
const LONGEST = 12_000;
/** What the heap may grow by, in MB, from the first quarter of the checks to the last. */
const LEAK = 10;
/** How much more of the processor's time a step of the last quarter may take than one of the first. */
const SLOWER = 2;

/** Documents that are opened, and how they begin: as on disk, of a log the first lines. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ["mail.log", "postfix-log"],
  ["logs/after-upgrade.txt", "postfix-log"],
  ["postfix/main.cf", "postfix-main-cf"],
  ["postfix/master.cf", "postfix-master-cf"],
  ["postfix/helo_access.pcre", "postfix-regexp-table"],
  ["postfix/sender_access", "postfix-table"],
  ["postfix/virtual", "postfix-table"],
];

const SETTINGS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { postfixVersion: "3.7" },
  { severity: "error", hints: ["values"] },
  { ruleSeverity: { "unused-parameter": "off" } },
  { tableTypes: ["hash", "pcre"], codeLens: false },
];

const REQUESTS = [
  "hover",
  "completion",
  "definition",
  "references",
  "documentSymbol",
  "codeLens",
  "foldingRange",
  "semanticTokens/full",
  "documentLink",
  "diagnostic",
];

/** The editor's side of the soak: what is open, and the settings of now. */
interface Soak {
  readonly from: Random;
  readonly server: Scratch;
  readonly client: TestClient;
  readonly open: Map<string, { readonly languageId: string; text: string }>;
  settings: Readonly<Record<string, unknown>>;
}

function pick<T>(from: Random, items: readonly T[]): T {
  const item = items[from.below(items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

async function step(soak: Soak): Promise<void> {
  const { from, client, open } = soak;
  const [name, languageId] = pick(from, DOCUMENTS);
  const uri = soak.server.uri(name);
  const document = open.get(uri);
  if (document === undefined) {
    const whole = await readFile(soak.server.path(name), "utf8");
    const text = whole.slice(0, LONGEST / 2);
    open.set(uri, { languageId, text });
    await client.open(uri, languageId, text);
    return;
  }
  const choice = from.below(20);
  if (choice === 0) {
    open.delete(uri);
    await client.close(uri);
  } else if (choice === 1) {
    soak.settings = pick(from, SETTINGS);
    await client.changeSettings(soak.settings);
  } else if (choice === 2) {
    await client.trust(from.below(2) === 0);
  } else if (choice === 3 || document.text.length > LONGEST) {
    document.text = mutate(from, document.text).slice(0, LONGEST / 2);
    await client.change(uri, [{ text: document.text }]);
  } else if (choice < 7) {
    const position = positionIn(from, uri, document.text);
    const params = { textDocument: { uri }, position, context: { includeDeclaration: true } };
    const method = `textDocument/${pick(from, REQUESTS)}`;
    if (from.below(2) === 0) await client.askAndCancel(method, params).catch(() => undefined);
    else await client.request(method, uri, params);
  } else {
    await edit(soak, uri, document);
  }
}

/** One or several changes at once, each for the text that the ones before it left. */
async function edit({ from, client }: Soak, uri: string, document: { text: string }): Promise<void> {
  const changes: { range: { start: Position; end: Position }; text: string }[] = [];
  for (let count = 1 + from.below(3); count > 0; count -= 1) {
    const before = TextDocument.create(uri, "", 1, document.text);
    const start = from.below(document.text.length + 1);
    const end = Math.min(document.text.length, start + from.below(12));
    const range = { start: before.positionAt(start), end: before.positionAt(end) };
    const text = mutate(from, "").slice(0, 20);
    document.text = TextDocument.applyEdits(before, [{ range, newText: text }]);
    changes.push({ range, text });
  }
  await client.change(uri, changes);
  document.text = client.text(uri);
}

interface Position {
  line: number;
  character: number;
}

function positionIn(from: Random, uri: string, text: string): Position {
  return TextDocument.create(uri, "", 1, text).positionAt(from.below(text.length + 1));
}

/** Problems and outlines of all that is open, as one text. */
async function stateOf(client: TestClient, uris: readonly string[]): Promise<string> {
  const state: unknown[] = [];
  for (const uri of uris) state.push(uri, await client.diagnostics(uri), await client.symbols(uri));
  return JSON.stringify(state, null, 1);
}

async function assertAsFresh(soak: Soak, at: number): Promise<void> {
  const { client, open, server, settings } = soak;
  // Files are looked at again after a moment; a state of now is wanted, whatever was kept.
  await client.trust(true);
  const uris = [...open.keys()].sort();
  await using fresh = await startClient({ folders: [server.folder], settings });
  for (const uri of uris) {
    const document = open.get(uri);
    if (document !== undefined) await fresh.open(uri, document.languageId, document.text);
  }
  assert.equal(await stateOf(client, uris), await stateOf(fresh, uris), `after ${at} steps`);
}

async function heapInMegabytes(): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  session.disconnect();
  return process.memoryUsage().heapUsed / 1_048_576;
}

test(`after ${STEPS} random edits, openings, closings, settings and cancellations the server is as one that just started`, async (context) => {
  const rejected: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejected.push(reason);
  process.on("unhandledRejection", onRejection);
  context.after(() => process.off("unhandledRejection", onRejection));
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder] });
  const soak: Soak = { from: random(20261128), server, client, open: new Map(), settings: {} };
  const heaps: number[] = [];
  const times: number[] = [];
  let began = process.cpuUsage();
  for (let at = 1; at <= STEPS; at += 1) {
    await step(soak);
    if (at % Math.ceil(STEPS / CHECKS) !== 0) continue;
    times.push(ownTime(began));
    await assertAsFresh(soak, at);
    heaps.push(await heapInMegabytes());
    began = process.cpuUsage();
  }
  const heap = quarters(heaps);
  const time = quarters(times.map((each) => each / (STEPS / CHECKS)));
  context.diagnostic(
    `heap, MB: ${heap.first.toFixed(1)} in the first quarter, ${heap.last.toFixed(1)} in the last: ${heaps.map((each) => each.toFixed(0)).join(" ")}`,
  );
  context.diagnostic(`a step, ms: ${time.first.toFixed(2)} in the first quarter, ${time.last.toFixed(2)} in the last`);
  context.diagnostic(`unhandled rejections: ${rejected.length}`);
  assert.deepEqual(client.log, []);
  assert.deepEqual(rejected, []);
  assert.ok(heap.last - heap.first < LEAK, heaps.map((each) => each.toFixed(1)).join(" "));
  assert.ok(time.last < time.first * SLOWER, times.map((each) => each.toFixed(0)).join(" "));
});

/** Milliseconds of the processor since then: a machine that is busy otherwise must not fail this. */
function ownTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** The means of the first quarter of some measurements and of the last. */
function quarters(measured: readonly number[]): { readonly first: number; readonly last: number } {
  const quarter = Math.ceil(measured.length / 4);
  const mean = (part: readonly number[]): number => part.reduce((sum, each) => sum + each, 0) / part.length;
  return { first: mean(measured.slice(0, quarter)), last: mean(measured.slice(-quarter)) };
}
