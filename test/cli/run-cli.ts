import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { dig, isRow, listOf, rowOf } from "./json-values.ts";

/** The command line, from its sources. */
export const ENTRY = fileURLToPath(new URL("../../server/cli/main.ts", import.meta.url));
export const FIXTURES = fileURLToPath(new URL("./fixtures", import.meta.url));
export const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** Runs the command line from its sources, as a person would from a shell. */
export function postmaster(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const { cwd = FIXTURES, input = "", env = {}, nodeOptions = [] } = options;
    const child = spawn(process.execPath, [...nodeOptions, ENTRY, ...args], {
      cwd,
      env: { ...process.env, TZ: "UTC", ...env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => out.push(piece));
    child.stderr.on("data", (piece: Buffer) => err.push(piece));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, out: Buffer.concat(out).toString("utf8"), err: Buffer.concat(err).toString("utf8") });
    });
    // A program that ends before it has read everything closes its end: not this test's business.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** A folder of its own that is gone after the test; `copyOf` is copied into it first. */
export async function scratch(t: TestContext, copyOf: string | null = null): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "postmaster-cli-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  if (copyOf !== null) await cp(copyOf, folder, { recursive: true });
  return folder;
}

/** What `check --format json` prints for one finding. */
export interface JsonFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: string;
  readonly id: string;
  readonly message: string;
  readonly postfix: string | null;
  readonly because: readonly {
    readonly file: string;
    readonly line: number;
    readonly id: string;
    readonly message: string;
  }[];
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
}

/** The findings of a JSON report, which must be exactly of that shape. */
export function findingsOf(result: CliResult): readonly JsonFinding[] {
  const report: unknown = JSON.parse(result.out);
  return listOf(report).map((value) => {
    if (!isFinding(value)) throw new TypeError(`no finding: ${JSON.stringify(value)}`);
    return value;
  });
}

const KEYS = "file line column endLine endColumn severity id message postfix because fixes";

function isFinding(value: unknown): value is JsonFinding {
  if (!isRow(value) || Object.keys(value).join(" ") !== KEYS) return false;
  const { file, line, column, endLine, endColumn, severity, id, message, postfix, because, fixes } = value;
  return (
    [file, id, message].every((text) => typeof text === "string" && text !== "") &&
    [line, column, endLine, endColumn].every((number) => Number.isInteger(number) && Number(number) >= 1) &&
    ["error", "warning", "info", "hint"].includes(String(severity)) &&
    (postfix === null || typeof postfix === "string") &&
    listOf(because).every((cause) => Object.keys(rowOf(cause)).join(" ") === "file line id message") &&
    listOf(fixes).every(
      (fix) => ["safe", "review", "risky"].includes(String(dig(fix, "safety"))) && dig(fix, "title") !== "",
    )
  );
}
