import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Cause } from "@postmaster/core/cause/find-causes.ts";
import { findCauses } from "@postmaster/core/cause/find-causes.ts";
import { createLineKeeper } from "@postmaster/core/cause/kept-lines.ts";
import { createRecentLines } from "@postmaster/core/cause/recent-lines.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { rulesOf } from "@postmaster/core/features/cause/log-causes.ts";
import { type OpenLog, openLog } from "@postmaster/core/features/open-log.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { servicePrograms } from "@postmaster/core/model/service-programs.ts";
import { hasSince, type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { caseFiles } from "../../proof/lib/case-files.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import { startSmtpSink } from "../../proof/lib/smtp-sink.ts";
import everySituation from "./situations.json" with { type: "json" };

/*
 * Everything that can go wrong in one Postfix, all at once: each consequence must be led back to its own cause, though the others of its kind
 * stand around it.
 */

const release = parsePostfixVersion((await runProgram("postconf", ["-d", "-h", "mail_version"])).trim());
assert.ok(release);
/** Some go otherwise from a release on. */
const situations = (everySituation as readonly Situation[]).filter(
  ({ since = null, until }) => hasSince(release, since) && (until === undefined || isUpTo(release, until)),
);

const engine = createCatalogueEngine();
const SERVICES = [...new Set(situations.flatMap(({ port }) => port ?? []))];
const stack = new AsyncDisposableStack();
let log: OpenLog;
let lines: readonly string[];
let masterCf = "";

before(async () => {
  const scratch = stack.use(await createScratch());
  const postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
  const numbers = await freePorts(SERVICES.length + 4);
  const ports = new Map(
    ["smtp", "submission", "sink", "nobody", ...SERVICES].map((name, at) => [name, numbers[at] ?? 0]),
  );
  stack.use(await startSmtpSink("127.0.0.1", ports.get("sink") ?? 0));
  masterCf = await configure(postfix, scratch.directory, ports);
  await Promise.all(situations.map((situation) => provoke(situation, postfix, ports)));
  const text = await postfix.log.text();
  log = openLog(createLogDocument(engine, text));
  log.causes.know(servicePrograms(parseMasterCf(masterCf)));
  lines = text.split("\n");
});
after(() => stack.disposeAsync());

suite("a consequence is led back to its cause", () => {
  for (const { what, symptom, chain } of situations) {
    test(what, () => {
      const found = symptomLines(symptom);
      assert.ok(found.length > 0, `no line with ${symptom.join(" and ")}`);
      const chains = found.map((line) => log.causes.of(line));
      assert.ok(
        chains.some((causes) => isChain(causes, chain)),
        told(found, chains),
      );
    });
  }
});

test("a log that streams by gives the same causes in bounded memory", () => {
  const ids: string[] = [];
  const keeper = createLineKeeper();
  const recent = createRecentLines(
    (text) => engine.readText(text),
    (entry) => ids[entry] ?? "",
  );
  const services = servicePrograms(parseMasterCf(masterCf));
  let compared = 0;
  lines.forEach((text, line) => {
    const read = engine.readText(text);
    if (read.entry === null) return;
    const entryId = read.entry.templateId;
    const causes = findCauses({ line, entryId, read }, recent, rulesOf, services);
    const bytes = encodeUtf8(text);
    keeper.keep(0, ids.push(entryId) - 1, bytes, 0, bytes.length);
    recent.add(keeper.take(), line);
    assert.deepEqual(placesOf(causes), placesOf(log.causes.of(line)), text);
    compared += causes.length;
  });
  assert.ok(compared >= situations.length);
});

test("no cause is another process's, another mail's or later than its consequence", () => {
  for (const { line } of log.problems()) {
    let from = log.line(line);
    let at = line;
    for (const cause of log.causes.of(line)) {
      assert.ok(cause.line < at);
      if (cause.evidence === "process") assert.equal(cause.read.pid, from.pid);
      at = cause.line;
      from = cause.read;
    }
  }
});

const placesOf = (causes: readonly Cause[]) => causes.map(({ line, evidence }) => ({ line, evidence }));

function symptomLines(texts: readonly string[]): readonly number[] {
  return lines.flatMap((text, line) => (texts.every((one) => text.includes(one)) ? [line] : []));
}

/** These texts in this order, the last of them the root; what master says of a dying program may come between or a moment too late. */
function isChain(causes: readonly Cause[], texts: readonly string[]): boolean {
  let next = 0;
  for (const { text } of causes) if (text.includes(texts[next] ?? "")) next += 1;
  return next === texts.length && causes.at(-1)?.text.includes(texts.at(-1) ?? "") === true;
}

function told(found: readonly number[], chains: readonly (readonly Cause[])[]): string {
  return found
    .slice(0, 3)
    .map((line, at) => [lines[line], ...(chains[at] ?? []).map(({ text }) => `  because ${text}`)].join("\n"))
    .join("\n");
}

type Ports = ReadonlyMap<string, number>;

async function configure(postfix: PostfixInstance, directory: string, ports: Ports): Promise<string> {
  const daemons = (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim();
  const files = await caseFiles(ETC, { dir: directory, daemons, ...Object.fromEntries(ports) });
  await postfix.load(files, "reload");
  // postmap made the index, so that nothing else is wrong with the table when it goes away.
  await rm(path.join(directory, "etc/missing.lmdb"));
  return files.get("master.cf") ?? "";
}

const ETC = fileURLToPath(new URL("./etc", import.meta.url));

/** Whether a release is of this series, such as `3.10`, or an older one. */
function isUpTo({ major, minor }: PostfixVersion, series: string): boolean {
  const last = parsePostfixVersion(series);
  return last !== null && (major < last.major || (major === last.major && minor <= last.minor));
}

interface Situation {
  readonly what: string;
  readonly port?: string;
  readonly to?: string;
  readonly symptom: readonly string[];
  readonly chain: readonly string[];
  /** The first and the last series of Postfix in which it goes so. */
  readonly since?: string;
  readonly until?: string;
}

async function provoke({ port, to, symptom }: Situation, { log: file }: PostfixInstance, ports: Ports): Promise<void> {
  const connection = { from: "127.0.0.2", to: "127.0.0.1", port: ports.get(port ?? "smtp") ?? 0 };
  // Where a daemon dies the client is never answered: what counts is what the log says meanwhile.
  const talk = smtp(connection, [
    "EHLO client.example",
    "MAIL FROM:<a@stranger.example>",
    `RCPT TO:<${to ?? "u@example.com"}>`,
    "DATA",
    ["Subject: a", "", "b"],
  ]).catch(() => null);
  await file.line(symptom, 30_000);
  if (port === undefined) await talk;
}
