import { parameters } from "@postmaster/core/reference/parameter.ts";
import { startClient, type TestClient } from "../test/server/client.ts";
import { type Scratch, scratchFolder } from "../test/server/scratch.ts";
import { milliseconds, quantile, type Row } from "./row.ts";

const LINES = 1000;
const TABLES = 30;
const SERVICES = 40;
const WARM_UP = 60;
const RUNS = 300;

/** Lines of the large table, and what its check may take in milliseconds. */
const TABLE_LINES = 1_000_000;
const TABLE_LIMIT = 2000;

/**
 * How long an editor waits in a large configuration: a main.cf of 1,000 lines, a master.cf of 40 services, 30 tables of 300 rows. Asked over the protocol, as an
 * editor does, so that reading and writing messages is in it.
 */
export async function measureConfiguration(): Promise<readonly Row[]> {
  const files = configuration();
  await using scratch = await scratchFolder(files);
  await using client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri("etc/postfix/main.cf");
  await openAll(client, scratch);
  const lines = (files["etc/postfix/main.cf"] ?? "").split("\n");
  const line = lines.findIndex((one) => one.startsWith("# tick"));
  let tick = 0;

  /** Changes a comment: what is asked next is about a text nobody has seen yet. */
  async function keystroke(): Promise<void> {
    tick += 1;
    const end = { line, character: (lines[line] ?? "").length };
    const text = `# tick ${tick}`;
    lines[line] = text;
    await client.change(uri, [{ range: { start: { line, character: 0 }, end }, text }]);
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

  const at = (position: { line: number; character: number }) => () =>
    client.request("textDocument/completion", uri, { position });
  return [
    await measure("diagnostics", 10, () => client.diagnosticReport(uri)),
    await measure("completion of a value", 5, at({ line: lines.length - 2, character: 4 })),
    await measure("completion of names", 5, at({ line: lines.length - 1, character: 0 })),
    await measure("hover", 5, () => client.hover(uri, 1, 3)),
    await measure("semantic tokens", null, () => client.tokens(uri)),
    ...(await measureTable(client, scratch.uri("etc/postfix/table1"))),
  ];
}

/** A table so long that checking it again for each keystroke would be felt. */
async function measureTable(client: TestClient, uri: string): Promise<readonly Row[]> {
  const rows = Array.from({ length: TABLE_LINES }, (_, index) => `host${index}.example.com  REJECT\n`).join("");
  const opened = performance.now();
  await client.open(uri, "postfix-table", rows);
  await client.diagnosticReport(uri);
  const first = performance.now() - opened;
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const end = { line: TABLE_LINES + run, character: 0 };
    const started = performance.now();
    await client.change(uri, [{ range: { start: end, end }, text: `more${run}.example.com  OK\n` }]);
    await client.diagnosticReport(uri);
    times.push(performance.now() - started);
  }
  const again = quantile(times, 0.95);
  const what = "a table of 1,000,000 lines";
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
      measured: `p95 ${milliseconds(again)}`,
      beside: "",
      floor: "not checked again: a tenth of the first at most",
      holds: again <= first / 10,
    },
  ];
}

async function openAll(editor: TestClient, folder: Scratch): Promise<void> {
  await editor.open(folder.uri("etc/postfix/main.cf"), "postfix-main-cf");
  await editor.open(folder.uri("etc/postfix/master.cf"), "postfix-master-cf");
  await editor.open(folder.uri("etc/postfix/table0"), "postfix-table");
}

function configuration(): Readonly<Record<string, string>> {
  const tables = Array.from({ length: TABLES }, (_, index) => `table${index}`);
  const checks = tables.map((table) => `    check_client_access hash:/etc/postfix/${table}`);
  const set = parameters
    .filter(
      (one) =>
        one.class === "builtin" && one.deprecated === null && one.default !== null && one.kind !== "restriction_list",
    )
    .map(({ name, default: standard }) => `${name} = ${standard ?? ""}`);
  const main = [
    "# tick",
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
