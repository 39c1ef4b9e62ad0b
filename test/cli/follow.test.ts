import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { ENTRY, postmaster, scratch } from "./run-cli.ts";

const line = (second: number, helo: string): string =>
  `Feb 11 19:59:${String(second).padStart(2, "0")} mail postfix/smtpd[311]: NOQUEUE: reject: RCPT from mx.example.org[192.0.2.7]: 504 5.5.2 ` +
  `<${helo}>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<bob@example.com> proto=ESMTP helo=<${helo}>\n`;

/** A running command line and what it has written so far. */
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Waits until what it has written, results and notes, holds some words. */
  says(words: string): Promise<string>;
}

function start(args: readonly string[]): Running {
  const child = spawn(process.execPath, [ENTRY, ...args], { env: { ...process.env, TZ: "UTC" } });
  let text = "";
  let changed: () => void = () => undefined;
  const add = (piece: Buffer): void => {
    text += piece.toString("utf8");
    changed();
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  return {
    child,
    ended,
    async says(words) {
      while (!text.includes(words)) {
        const more = new Promise<"more">((resolve) => {
          changed = () => resolve("more");
        });
        // oxlint-disable-next-line no-await-in-loop -- piece by piece, as it comes
        if ((await Promise.race([more, ended])) !== "more")
          throw new Error(`it ended without saying ${words}:\n${text}`);
      }
      return text;
    },
  };
}

test("a log is checked on as it grows, nothing twice, across rotation, until Ctrl+C", {
  timeout: 60_000,
}, async (t) => {
  const log = path.join(await scratch(t), "mail.log");
  await writeFile(log, line(1, "OLD"));
  const running = start(["check", "--follow", "--cap", "1", log]);
  t.after(() => running.child.kill("SIGKILL"));
  await running.says("Ctrl+C ends it");

  await appendFile(log, line(2, "NEW-ONE") + line(3, "HALF").slice(0, 150));
  await running.says(`${log}:2:`);
  await appendFile(log, line(3, "HALF").slice(150));
  await running.says(`${log}:3:`);
  await rename(log, `${log}.1`);
  await writeFile(log, line(4, "AFTER-ROTATION"));
  await running.says("was rotated");
  const text = await running.says("introduced itself as AFTER-ROTATION.");

  running.child.kill("SIGINT");
  assert.equal(await running.ended, 1, "problems were found");
  for (const place of [":1:", ":2:", ":3:"]) {
    const expected = place === ":1:" ? 2 : 1;
    assert.equal(text.split(`${log}${place}`).length - 1, expected, `once for each line ${place}`);
  }
});

test("a cause stands before the end of what was there at first, or in the file that was rotated away", {
  timeout: 60_000,
}, async (t) => {
  const log = path.join(await scratch(t), "mail.log");
  const fatal = "Nov 22 10:00:01 mx1 postfix/smtpd[70]: fatal: no SASL authentication mechanisms\n";
  const exit =
    "Nov 22 10:00:02 mx1 postfix/master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1\n";
  await writeFile(log, fatal);
  const running = start(["check", "--follow", log]);
  t.after(() => running.child.kill("SIGKILL"));
  await running.says("Ctrl+C ends it");
  await appendFile(log, exit);
  await running.says("because of line 1: fatal");
  await rename(log, `${log}.1`);
  await writeFile(log, exit);
  await running.says(`because of line 1 of ${log} before it was rotated: fatal`);
});

test("--follow goes with what it can go with", async () => {
  for (const more of [["--fix"], ["--format", "json"], ["-"]]) {
    const { code, err } = await postmaster(["check", "--follow", "mail.log", ...more]);
    assert.equal(code, 2);
    assert.match(err, /--follow goes with/);
  }
});
