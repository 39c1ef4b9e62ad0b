import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { postmaster, SAMPLES, scratch } from "../cli/run-cli.ts";
import { startStdioServer } from "./lib/stdio-server.ts";

const TRAP = new URL("./lib/no-network.mjs", import.meta.url).href;
const CAUGHT = 97;

/** Every way we know to leave the process. */
const LEAVING = [
  'await fetch("http://127.0.0.1:7009/")',
  'require("node:net").connect(7009, "127.0.0.1")',
  'require("node:net").createServer().listen(0)',
  'require("node:net").connect("/tmp/no-such-socket")',
  'require("node:http").get("http://127.0.0.1:7009/")',
  'require("node:https").get("https://127.0.0.1:7009/")',
  'require("node:tls").connect(7009, "127.0.0.1")',
  'require("node:dgram").createSocket("udp4").bind(0)',
  'require("node:dns").lookup("localhost", () => {})',
  'await require("node:dns/promises").resolve("localhost")',
  'new WebSocket("ws://127.0.0.1:7009/")',
  'require("node:child_process").spawn("true")',
  'require("node:child_process").exec("true")',
];

test("the trap catches every way out", () => {
  for (const code of LEAVING) {
    const program = `import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/x.js"); ${code}; setTimeout(() => {}, 3000);`;
    const { status, stderr } = spawnSync(process.execPath, ["--import", TRAP, "--input-type=module", "-e", program]);
    assert.equal(status, CAUGHT, `${code}: ${stderr.toString()}`);
  }
});

test("the command line opens no socket and starts no program", async (context) => {
  const folder = await scratch(context, SAMPLES);
  const runs = [
    ["check", "."],
    ["check", "--fix", "."],
    ["check", "--format", "sarif", "mail.log"],
    ["parse", "mail.log"],
    ["trace", "anna@example.com", "mail.log"],
    ["explain", "relay-access-denied"],
    ["--version"],
  ];
  for (const args of runs) {
    const { code, err } = await postmaster(args, { cwd: folder, nodeOptions: ["--import", TRAP] });
    assert.notEqual(code, CAUGHT, `${args.join(" ")}: ${err}`);
    assert.doesNotMatch(err, /FORBIDDEN/);
  }
});

test("the server opens no socket and starts no program, whatever it is asked", async (context) => {
  const folder = await scratch(context);
  await cp(SAMPLES, folder, { recursive: true });
  const server = await startStdioServer(folder, ["--import", TRAP]);
  const ask = (method: string, params: object): Promise<unknown> => server.connection.sendRequest(method, params);
  const LANGUAGES = {
    "mail.log": "postfix-log",
    "postfix/main.cf": "postfix-main-cf",
    "postfix/master.cf": "postfix-master-cf",
    "postfix/helo_access.pcre": "postfix-regexp-table",
  };
  for (const [name, languageId] of Object.entries(LANGUAGES)) {
    const uri = `file://${path.join(folder, name)}`;
    const text = await readFile(path.join(folder, name), "utf8");
    await server.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
    const textDocument = { uri };
    const report: { items?: Diagnostic[] } = await server.connection.sendRequest("textDocument/diagnostic", {
      textDocument,
    });
    for (const method of ["documentSymbol", "documentLink", "codeLens", "foldingRange", "semanticTokens/full"]) {
      await ask(`textDocument/${method}`, { textDocument });
    }
    await ask("postmaster/status", { uri });
    for (const { range } of (report.items ?? []).slice(0, 40)) {
      await ask("textDocument/hover", { textDocument, position: range.start });
      await ask("textDocument/completion", { textDocument, position: range.start });
      const actions: readonly CodeAction[] = await server.connection.sendRequest("textDocument/codeAction", {
        textDocument,
        range,
        context: { diagnostics: [] },
      });
      for (const action of actions) await ask("codeAction/resolve", action);
    }
  }
  assert.equal(await server.stop(), 0, server.stderr());
  assert.equal(server.stderr(), "");
});
