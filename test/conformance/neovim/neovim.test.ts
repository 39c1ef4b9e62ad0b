import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { copyOfSamples } from "../../server/scratch.ts";
import { createAnswers } from "../lib/answers.ts";

const SESSION = fileURLToPath(new URL("session.lua", import.meta.url));
const SERVER = fileURLToPath(new URL("../../../server/lsp/main.ts", import.meta.url));

interface Report {
  readonly answers: readonly { readonly method: string; readonly result: unknown; readonly error: unknown }[];
  /** How many problems each file got. */
  readonly diagnostics: Readonly<Record<string, number>>;
  readonly problem?: string;
}

test("Neovim shows the problems that are pushed, and every answer it gets is what the protocol says", async (context) => {
  await using server = await copyOfSamples();
  const report = server.path("report.json");
  const args = ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${SESSION}`];
  const command = [process.execPath, SERVER, "--stdio"];
  const env = { ...process.env, SERVER: JSON.stringify(command), FOLDER: server.folder, REPORT: report };
  const { stderr } = await promisify(execFile)("nvim", args, { env, timeout: 180_000 });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- session.lua wrote it with this very type
  const said = JSON.parse(await readFile(report, "utf8").catch(() => `{"problem":"no report","answers":[]}`)) as Report;
  assert.equal(said.problem, undefined, stderr);
  assert.ok(Object.values(said.diagnostics).every((count) => count > 0));
  const answers = createAnswers();
  for (const { method, result, error } of said.answers) {
    assert.equal(error, null, method);
    answers.add(method, result);
  }
  assert.equal(await answers.check("neovim"), "");
  const filled = new Set(said.answers.filter(({ result }) => isFilled(result)).map(({ method }) => method));
  for (const method of ["hover", "codeAction", "documentSymbol", "foldingRange", "definition"])
    assert.ok(filled.has(`textDocument/${method}`), method);
  context.diagnostic(`${said.answers.length} answers; ${[...filled].join(", ")} said something`);
});

function isFilled(result: unknown): boolean {
  return Array.isArray(result) ? result.length > 0 : result !== null;
}
