import { allParameters } from "@postmaster/core/reference/parameter.ts";
import type { Position } from "vscode-languageserver";
import { scratchFolder } from "../test/server/scratch.ts";
import { type IpcClient, startIpcClient } from "./ipc-client.ts";
import { milliseconds, quantile, type Row } from "./row.ts";

const LINES = 1000;
const TABLES = 30;
const SERVICES = 40;
const WARM_UP = 60;
const RUNS = 300;

/** Letters that are typed before all are taken back. */
const LONGEST_TYPED = 40;

/** Lines of the large table, and what its check may take in milliseconds. */
const TABLE_LINES = 1_000_000;
const TABLE_LIMIT = 2000;

/** Lines appended to it, and letters typed in it: enough to tell a p95. */
const APPENDED = 60;
const MIDDLE_LIMIT = 100;

/**
 * How long an editor waits in a large configuration: a main.cf of 1,000 lines, a master.cf of 40 services, 30 tables of 300 rows. The server runs as VS Code runs
 * it, in a process of its own, and what counts is from the moment a change is sent until the answer to the question behind it is there.
 */
export async function measureConfiguration(): Promise<readonly Row[]> {
  const files = configuration();
  await using scratch = await scratchFolder(files);
  await using client = await startIpcClient(scratch.folder);
  for (const [name, languageId] of OPENED) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as one opens them
    await open(client, scratch.uri(name), languageId, files[name] ?? "");
  }
  const uri = scratch.uri("etc/postfix/main.cf");
  const lines = (files["etc/postfix/main.cf"] ?? "").split("\n");
  const line = lines.findIndex((one) => one.startsWith("smtpd_banner"));
  const start = (lines[line] ?? "").length;
  let typed = 0;
  let version = 1;

  /** Types one more letter into a value near the top, or takes all of them back: everything below moves. */
  async function keystroke(): Promise<void> {
    version += 1;
    const isFull = typed === LONGEST_TYPED;
    const from = { line, character: isFull ? start : start + typed };
    const to = { line, character: start + typed };
    typed = isFull ? 0 : typed + 1;
    await change(client, uri, version, from, to, isFull ? "" : "x");
  }

  /** From a keystroke to the answer about the new text. */
  async function measure(name: string, limit: number | null, ask: () => Promise<unknown>): Promise<Row> {
    const times: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run += 1) {
      const started = performance.now();
      await keystroke();
      await ask();
      if (run >= WARM_UP) times.push(performance.now() - started);
    }
    const p95 = quantile(times, 0.95);
    return {
      what: `main.cf of ${LINES.toLocaleString("en")} lines, ${TABLES} tables: keystroke → ${name}`,
      measured: `p95 ${milliseconds(p95)}, median ${milliseconds(quantile(times, 0.5))}`,
      beside: "",
      floor: limit === null ? "" : `p95 under ${limit} ms`,
      holds: limit === null ? null : p95 < limit,
    };
  }

  const textDocument = { uri };
  const ask = (method: string, more: object = {}) => client.connection.sendRequest(method, { textDocument, ...more });
  const at = (position: Position) => ask("textDocument/completion", { position });
  return [
    await measure("diagnostics", 10, () => ask("textDocument/diagnostic")),
    await measure("completion of a value", 5, () => at({ line: lines.length - 2, character: 4 })),
    await measure("completion of names", 5, () => at({ line: lines.length - 1, character: 0 })),
    await measure("hover", 5, () => ask("textDocument/hover", { position: { line: 1, character: 3 } })),
    await measure("semantic tokens", null, () => ask("textDocument/semanticTokens/full")),
    ...(await measureTable(client, scratch.uri("etc/postfix/table1"))),
  ];
}

const OPENED = [
  ["etc/postfix/main.cf", "postfix-main-cf"],
  ["etc/postfix/master.cf", "postfix-master-cf"],
  ["etc/postfix/table0", "postfix-table"],
] as const;

async function open({ connection }: IpcClient, uri: string, languageId: string, text: string): Promise<void> {
  await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
}

async function change(
  { connection }: IpcClient,
  uri: string,
  version: number,
  start: Position,
  end: Position,
  text: string,
): Promise<void> {
  const contentChanges = [{ range: { start, end }, text }];
  await connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
}

/** A table so long that checking it again for each keystroke would be felt. */
async function measureTable(client: IpcClient, uri: string): Promise<readonly Row[]> {
  const rows = Array.from({ length: TABLE_LINES }, (_, index) => `host${index}.example.com  REJECT\n`).join("");
  const diagnosed = () => client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  const opened = performance.now();
  await open(client, uri, "postfix-table", rows);
  await diagnosed();
  const first = performance.now() - opened;
  const times: number[] = [];
  for (let run = 0; run < APPENDED; run += 1) {
    const end = { line: TABLE_LINES + run, character: 0 };
    const started = performance.now();
    await change(client, uri, run + 2, end, end, `more${run}.example.com  OK\n`);
    await diagnosed();
    times.push(performance.now() - started);
  }
  /** Letters at one place, the first of which is not counted: what was read is made ready for it. */
  async function typed(version: number, line: number): Promise<readonly number[]> {
    const taken: number[] = [];
    for (let run = 0; run <= APPENDED; run += 1) {
      const at = { line, character: run };
      const started = performance.now();
      await change(client, uri, version + run, at, at, "x");
      await diagnosed();
      if (run > 0) taken.push(performance.now() - started);
    }
    return taken;
  }

  const version = APPENDED + 2;
  const middle = await typed(version, TABLE_LINES / 2);
  const top = { line: 5, character: 0 };
  await change(client, uri, version + APPENDED + 1, top, top, "host9.example.com OK\nhalf\n");
  await diagnosed();
  const found = await typed(version + APPENDED + 2, TABLE_LINES / 4);
  const again = quantile(times, 0.95);
  const what = "a table of 1,000,000 lines";
  const typing = (name: string, taken: readonly number[]): Row => ({
    what: `${what}: ${name}`,
    measured: `p95 ${milliseconds(quantile(taken, 0.95))}, median ${milliseconds(quantile(taken, 0.5))}`,
    beside: "",
    floor: `p95 under ${MIDDLE_LIMIT} ms`,
    holds: quantile(taken, 0.95) < MIDDLE_LIMIT,
  });
  return [
    {
      what: `${what}: opened → diagnostics`,
      measured: milliseconds(first),
      beside: "",
      floor: `under ${TABLE_LIMIT / 1000} s`,
      holds: first < TABLE_LIMIT,
    },
    {
      what: `${what}: appended line → diagnostics`,
      measured: `p95 ${milliseconds(again)}, median ${milliseconds(quantile(times, 0.5))}`,
      beside: "",
      floor: "not checked again: a tenth of the first at most",
      holds: again <= first / 10,
    },
    typing("a letter in the middle → diagnostics", middle),
    typing("a letter in the middle, with findings → diagnostics", found),
  ];
}

function configuration(): Readonly<Record<string, string>> {
  const tables = Array.from({ length: TABLES }, (_, index) => `table${index}`);
  const checks = tables.map((table) => `    check_client_access hash:/etc/postfix/${table}`);
  const set = allParameters()
    .filter(
      (one) =>
        one.class === "builtin" && one.deprecated === null && one.default !== null && one.kind !== "restriction_list",
    )
    .map(({ name, default: standard }) => `${name} = ${standard ?? ""}`);
  const main = [
    "# remark",
    "smtpd_banner = $myhostname ESMTP",
    ...set,
    "myhostname = mail.example.com",
    "smtpd_client_restrictions =",
    ...checks,
  ];
  const filling = Array.from({ length: Math.max(0, LINES - main.length - 3) }, (_, index) => `# remark ${index}`);
  const master = Array.from(
    { length: SERVICES },
    (_, index) => `s${index} unix - - y - - smtp\n  -o syslog_name=postfix/s${index}\n`,
  );
  const rows = Array.from({ length: 300 }, (_, index) => `host${index}.example.com  REJECT\n`).join("");
  return {
    "etc/postfix/main.cf": [...main, ...filling, "smtpd_helo_restrictions =", "    permit_mynetworks", ""].join("\n"),
    "etc/postfix/master.cf": `smtp inet n - y - - smtpd\n${master.join("")}`,
    ...Object.fromEntries(tables.map((table) => [`etc/postfix/${table}`, rows])),
  };
}
