import { parameters } from "@postmaster/core/reference/parameter.ts";
import { startClient, type TestClient } from "../test/server/client.ts";
import { type Scratch, scratchFolder } from "../test/server/scratch.ts";

// How long an editor waits in a large configuration: a main.cf of 1,000 lines, a master.cf of 40 services, 30 tables of 300 rows. Asked
// over the protocol, as an editor does, so that reading and writing messages is in it. Prints p50 and p95 in milliseconds.

const LINES = 1000;
const TABLES = 30;
const SERVICES = 40;
const WARM_UP = 60;
const RUNS = 300;

/** Milliseconds at p95 that must not be exceeded. */
const LIMITS = { diagnostics: 10, completion: 5, hover: 5 } as const;

const files = configuration();
await using scratch = await scratchFolder(files);
await using client = await startClient({ folders: [scratch.folder] });
const uri = scratch.uri("etc/postfix/main.cf");
await openAll(client, scratch);

const lines = (files["etc/postfix/main.cf"] ?? "").split("\n");
const line = lines.findIndex((one) => one.startsWith("# tick"));
let tick = 0;

const figures = [
  await measure("diagnostics", () => client.diagnosticReport(uri)),
  await measure("completion", () =>
    client.request("textDocument/completion", uri, { position: { line: lines.length - 2, character: 4 } }),
  ),
  await measure("completion of names", () =>
    client.request("textDocument/completion", uri, { position: { line: lines.length - 1, character: 0 } }),
  ),
  await measure("hover", () => client.hover(uri, 1, 3)),
  await measure("semantic tokens", () => client.tokens(uri)),
];

for (const { name, p50, p95 } of figures) {
  const limit = Object.entries(LIMITS).find(([key]) => key === name)?.[1];
  const verdict = limit === undefined ? "" : p95 < limit ? `  under ${limit}` : `  OVER ${limit}`;
  process.stdout.write(`${name.padEnd(20)} p50 ${p50.toFixed(2)} ms  p95 ${p95.toFixed(2)} ms${verdict}\n`);
}

/** Changes a comment: what is asked next is about a text nobody has seen yet. */
async function keystroke(): Promise<void> {
  tick += 1;
  const end = { line, character: (lines[line] ?? "").length };
  const text = `# tick ${tick}`;
  lines[line] = text;
  await client.change(uri, [{ range: { start: { line, character: 0 }, end }, text }]);
}

/** From a keystroke to the answer about the new text. */
async function measure(name: string, ask: () => Promise<unknown>): Promise<{ name: string; p50: number; p95: number }> {
  const times: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const started = performance.now();
    await keystroke();
    await ask();
    if (run >= WARM_UP) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { name, p50: at(times, 0.5), p95: at(times, 0.95) };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
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
