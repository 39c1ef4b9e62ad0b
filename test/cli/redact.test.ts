import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { createPseudonyms } from "@postmaster/core/report/redact/pseudonyms.ts";
import { redactLine } from "@postmaster/core/report/redact/redact-line.ts";
import type { Redactor } from "@postmaster/core/report/redact/redactor.ts";
import { createVocabulary } from "@postmaster/core/report/redact/vocabulary.ts";
import { logLines } from "../../bench/log/log-lines.ts";
import { postmaster, scratch } from "./run-cli.ts";

const root = new URL("../../", import.meta.url);
const engine = createCatalogueEngine();
const redactor: Redactor = {
  engine,
  names: createPseudonyms((text) => createHmac("sha256", "a key for tests only").update(text).digest(), true),
  vocabulary: createVocabulary(),
};
const GENERATED = 3000;

async function corpus(name: "files" | "catalogue" | "generated"): Promise<readonly string[]> {
  if (name === "catalogue") {
    const lines = entries.flatMap(({ examples: { match, noMatch } }) => [...match, ...noMatch]);
    return lines.filter((line) => !line.includes("\n"));
  }
  if (name === "generated") {
    const lines: string[] = [];
    for (const line of logLines(7)) {
      lines.push(line);
      if (lines.length === GENERATED) return lines;
    }
  }
  const files = ["samples/mail.log", "test/core/log/fixtures/neighbours.log", "test/core/log/fixtures/field.log"];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, root), "utf8")));
  return texts.flatMap((text) => text.split("\n")).filter((line) => line !== "" && !line.startsWith("# "));
}

async function redacted(folder: string, lines: readonly string[], ...args: readonly string[]): Promise<string[]> {
  const log = path.join(folder, "mail.log");
  await writeFile(log, `${lines.join("\n")}\n`);
  const { code, out, err } = await postmaster(["redact", ...args, log]);
  assert.equal(code, 0, err);
  return out.split("\n").slice(0, -1);
}

/** What nobody may find again: addresses, IP addresses, names of hosts, users and HELO names. */
function secrets(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of lines) {
    for (const [address] of line.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)) found.add(address);
    for (const [ip] of line.matchAll(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g))
      if (!ip.startsWith("127.")) found.add(ip);
    for (const [ip] of line.matchAll(/(?<![\w:.])2001:db8:[0-9a-f:]+[0-9a-f]/g)) found.add(ip);
    for (const [host] of line.matchAll(/(?<![\w.-])(?:[\w-]+\.)+(?:example|com|org|net|test)(?![\w-])/g))
      found.add(host);
    for (const [, user = ""] of line.matchAll(/sasl_username=([^\s,>]+)/g)) found.add(user);
    for (const [, user = ""] of line.matchAll(/[ (]user=<([^>]+)>/g)) found.add(user);
    for (const [, helo = ""] of line.matchAll(/helo=<([A-Za-z][\w-]{3,})>/g)) found.add(helo);
  }
  return found;
}

/** What may stay: hosts that explain errors to everybody, and what every machine has. */
const PUBLIC =
  /google\.com$|spamhaus\.org$|postfix\.org$|openspf\.(?:org|net)$|rsyslog\.com$|clamav\.net$|rspamd\.com$|postmaster\.gmx|aka\.ms|microsoft\.com$|^localhost|^Outlook\.com$|^user$/;

suite("redact", () => {
  for (const name of ["files", "catalogue", "generated"] as const) {
    test(`${name}: every line is still the message it was`, async () => {
      const lines = await corpus(name);
      const after = lines.map((line) => redactLine(line, redactor).text);
      const changed = lines.flatMap((line, index) => {
        const was = engine.readText(line).template?.templateId;
        const is = engine.readText(after[index] ?? "").template?.templateId;
        return was === is ? [] : [`${was ?? "nothing"} → ${is ?? "nothing"}\n  ${line}\n  ${after[index] ?? ""}`];
      });
      assert.deepEqual(changed, []);
    });

    test(`${name}: nothing private is left`, async () => {
      const lines = await corpus(name);
      const after = lines.map((line) => redactLine(line, redactor).text).join("\n");
      const words = new Set(after.split(/[\s<>()[\]=,;:"']+/));
      // A pseudonym may by chance be an address that stood in the log: those of documentation are few.
      const handedOut = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./;
      const left = [...secrets(lines)].filter(
        (secret) => !PUBLIC.test(secret) && !handedOut.test(secret) && words.has(secret),
      );
      assert.deepEqual(left, []);
    });
  }

  test("a host with a port, a zone or a colon in it is replaced like the others", () => {
    for (const host of ["mail.secret.test:514", "fe80::abcd%eth0", "mail:secret", "::ffff:300.1.2.3"]) {
      const line = `2026-11-22T10:00:02+00:00 ${host} postfix/smtpd[1]: lost connection after AUTH from unknown[192.0.2.1]`;
      const { text } = redactLine(line, redactor);
      assert.ok(!/secret|fe80|abcd|300/.test(text), text);
      assert.match(text, /postfix\/smtpd\[1\]: lost connection after AUTH from /);
    }
  });

  test("a file that is named by what only its owner calls so is no file of everybody's", () => {
    const line = "Nov 22 10:00:00 mail postfix/smtpd[9]: warning: something odd about secretfirm.cf and main.cf";
    const { text } = redactLine(line, redactor);
    assert.ok(!text.includes("secretfirm"), text);
    assert.ok(text.endsWith(" and main.cf"), text);
  });

  test("the same becomes the same, what was different stays so, and structure stays", async (t) => {
    const lines = [
      "Nov 22 10:00:00 mail postfix/smtpd[9]: 4Zx1Qk0Y1Mz3kT: client=mx.sender.example[198.51.100.7], sasl_method=PLAIN, sasl_username=anna",
      "Nov 22 10:00:01 mail postfix/qmgr[9]: 4Zx1Qk0Y1Mz3kT: from=<anna@sender.example>, size=1234, nrcpt=2 (queue active)",
      "Nov 22 10:00:02 mail postfix/smtp[9]: 4Zx1Qk0Y1Mz3kT: to=<bob@sender.example>, relay=mx.sender.example[198.51.100.7]:25, delay=2.5, delays=1/0/0.5/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4Zx2Ab3Cde4fGh)",
      "Nov 22 10:00:03 mail postfix/smtpd[9]: disconnect from unknown[198.51.100.8] ehlo=1 auth=0/1 quit=1 commands=2/3",
    ];
    const after = await redacted(await scratch(t), lines);
    const read = after.map((line) => engine.readText(line).template?.fields ?? {});
    const value = (index: number, name: string): string => read[index]?.[name]?.value ?? "";
    assert.equal(value(0, "client_name"), value(2, "relay").replace(/\[.*/, ""));
    assert.ok(value(0, "client_name").endsWith(value(1, "sender").replace(/.*@/, "")), "a host stays below its domain");
    assert.notEqual(value(1, "sender"), value(2, "recipient"));
    assert.equal(value(1, "sender").replace(/.*@/, ""), value(2, "recipient").replace(/.*@/, ""));
    assert.notEqual(value(0, "client_address"), value(3, "client_address"));
    assert.ok(after[2]?.includes("4Zx1Qk0Y1Mz3kT: to=<"), "queue ids stay");
    assert.ok(after[2]?.includes(" delay=2.5, delays=1/0/0.5/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as "));
    assert.ok(after[3]?.endsWith(" ehlo=1 auth=0/1 quit=1 commands=2/3"));
  });

  test("a key gives the same in every run, none gives another each time", async (t) => {
    const folder = await scratch(t);
    const key = path.join(folder, "key");
    await writeFile(key, "0123456789abcdef0123456789abcdef");
    const lines = [
      "Nov 22 10:00:00 mail postfix/qmgr[9]: 4Zx1Qk0Y1Mz3kT: from=<anna@sender.example>, size=1, nrcpt=1 (queue active)",
    ];
    assert.deepEqual(await redacted(folder, lines, "--key", key), await redacted(folder, lines, "--key", key));
    assert.notDeepEqual(await redacted(folder, lines), await redacted(folder, lines));
    await writeFile(key, "short");
    const { code, err } = await postmaster(["redact", "--key", key, path.join(folder, "mail.log")]);
    assert.equal(code, 2);
    assert.match(err, /at least 16 bytes/);
  });

  test("of a line that nobody knows only the words of mail programs stay", async (t) => {
    const [line] = await redacted(await scratch(t), [
      "Nov 22 10:00:00 mail frobnicator[77]: message for Katharina Musterfrau (katharina@klinik.example, 0171 5551234567) from 198.51.100.7 rejected",
    ]);
    assert.match(
      line ?? "",
      /message for x[a-z2-7]+ x[a-z2-7]+ \(u[a-z2-7]+@h[a-z2-7]+\.example, 0171 \d{10}\) from 192\.0\.2\.1 rejected$/,
    );
    assert.doesNotMatch(line ?? "", /5551234567|frobnicator|katharina/i);
  });

  test("the journal's JSON keeps what a log line is read from, and nothing else", async (t) => {
    const [line = ""] = await redacted(await scratch(t), [
      '{"__REALTIME_TIMESTAMP":"1795341600123456","_HOSTNAME":"mx1.klinik.example","_MACHINE_ID":"0f1e","_CMDLINE":"smtpd -n","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"9","PRIORITY":"6","MESSAGE":"connect from mx.sender.example[198.51.100.7]"}',
    ]);
    const fields: unknown = JSON.parse(line);
    assert.ok(typeof fields === "object" && fields !== null);
    assert.deepEqual(Object.keys(fields), [
      "__REALTIME_TIMESTAMP",
      "PRIORITY",
      "SYSLOG_IDENTIFIER",
      "_PID",
      "_HOSTNAME",
      "MESSAGE",
    ]);
    assert.equal(engine.readText(line).template?.templateId, "smtpd/connect");
    assert.doesNotMatch(line, /klinik|sender\.example|198\.51/);
  });
});
