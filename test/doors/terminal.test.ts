import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { VERBS } from "@postmaster/server/cli/help.ts";
import { postmaster, scratch } from "../cli/run-cli.ts";
import { hostileConfiguration, hostileLog } from "./lib/hostile-files.ts";
import { HOSTILE_TEXTS } from "./lib/hostile-text.ts";
import { UNSEEN } from "./lib/unseen.ts";

/** What each verb is asked about the hostile files. A verb that is missing here fails the first test. */
const RUNS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  check: [
    ["check", "."],
    ["check", "--format", "json", "."],
    ["check", "--format", "sarif", "."],
    ["check", "--fix", "."],
    ["check", "no\u001B[31m\u202Esuch"],
    ["check", "--format", "\u001B[31m\u202E", "."],
  ],
  parse: [["parse", "mail.log"]],
  trace: [
    ["trace", "4Zx1Qk0Y1Mz3k1", "mail.log"],
    ["trace", "--format", "json", "4Zx1Qk0Y1Mz3k1", "mail.log"],
    ["trace", "b\u0007\u001B[31mred\u009B2J", "mail.log"],
    ["trace", "a\u202Egnp.exe@example.org", "mail.log"],
  ],
  redact: [["redact", "mail.log"]],
  report: [
    ["report", "mail.log"],
    ["report", "--json", "-", "mail.log"],
  ],
  route: ["b\u001B[31mred\u009B2J@example.org", "a\u202Egnp.exe"].flatMap((address) => [
    ["route", "--config", "etc/postfix", address],
    ["route", "--config", "etc/postfix", "--format", "json", address],
  ]),
  admit: ["pretty", "json"].map((format) =>
    [
      `admit --config etc/postfix --format ${format} --client 192.0.2.1/b\u001B[31mred --helo a\u202Egnp.exe`,
      "--sender b\u009B2J@example.org --recipient a\u001B[2J@example.com",
    ].flatMap((words) => words.split(" ")),
  ),
  explain: HOSTILE_TEXTS.filter((text) => UNSEEN.test(text)).map((text) => ["explain", hostileLog([text])]),
};

/** Verbs that talk to programs, not to people. */
const PROTOCOLS = new Set(["lsp"]);

test("each verb is tried", () => {
  assert.deepEqual(
    VERBS.filter((verb) => RUNS[verb] === undefined && !PROTOCOLS.has(verb)),
    [],
  );
});

for (const [verb, runs] of Object.entries(RUNS)) {
  test(`${verb}: nothing that a terminal obeys, nothing that turns a line around`, async (context) => {
    const folder = await hostileFolder(context);
    let written = 0;
    for (const args of runs) {
      const { out, err } = await postmaster(args, { cwd: folder });
      written += out.length + err.length;
      for (const line of `${out}\n${err}`.split("\n")) {
        assert.doesNotMatch(line, UNSEEN, `${args.join(" ")}: ${JSON.stringify(line.slice(0, 400))}`);
      }
      if (args.includes("json") || args.includes("sarif")) JSON.parse(out);
    }
    assert.ok(written > 500);
  });
}

/** A log and a configuration of hostile words, in files of hostile names. */
async function hostileFolder(context: Parameters<typeof scratch>[0]): Promise<string> {
  const folder = await scratch(context);
  const files = Object.entries(hostileConfiguration()).map(([name, { text }]) => [name, text] as const);
  for (const [name, text] of [
    ...files,
    ["mail.log", hostileLog()],
    ["a\u001B[31m\u202Eb.log", hostileLog()],
  ] as const) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}
