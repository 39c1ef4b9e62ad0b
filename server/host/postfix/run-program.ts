import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/** The programs of Postfix that may be run, all of which only look. */
export type PostfixProgram = "postconf" | "postfix" | "postmap";

/** What a program said. */
export interface ProgramResult {
  /** Null: it did not end by itself, or could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be run to its end, in plain words; null if it was. */
  readonly failure: string | null;
}

/** Where Postfix's commands are on the systems we know. Not PATH: what a workspace's terminal finds first is not ours to run. */
const DIRECTORIES = ["/usr/sbin", "/usr/local/sbin", "/usr/pkg/sbin", "/opt/local/sbin", "/sbin"];

/** Milliseconds; `postfix check` of a large spool takes some seconds. */
const LONGEST_RUN = 30_000;
/** Bytes of output; the rest is cut and the program ended. */
const LONGEST_OUTPUT = 4 * 1024 * 1024;

/**
 * Runs a program of Postfix: without a shell, its arguments as they are, nothing on its standard input. Never rejects.
 * @param directory where the programs lie (setting `postmaster.postfixCommandDirectory`); empty: the usual places
 */
export async function runPostfixProgram(
  program: PostfixProgram,
  args: readonly string[],
  directory: string,
  signal?: AbortSignal,
): Promise<ProgramResult> {
  const file = await findProgram(program, directory);
  if (file === null) {
    const where = directory === "" ? DIRECTORIES.join(", ") : directory;
    return { exitCode: null, stdout: "", stderr: "", failure: `There is no ${program} in ${where}.` };
  }
  return await new Promise((resolve) => {
    const child = execFile(
      file,
      [...args],
      {
        timeout: LONGEST_RUN,
        maxBuffer: LONGEST_OUTPUT,
        encoding: "utf8",
        env: { PATH: DIRECTORIES.concat("/usr/bin", "/bin").join(path.delimiter), LC_ALL: "C" },
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        const exitCode = child.exitCode;
        resolve({ exitCode, stdout, stderr, failure: exitCode === null ? failureOf(program, error) : null });
      },
    );
    child.stdin?.end();
  });
}

async function findProgram(program: PostfixProgram, directory: string): Promise<string | null> {
  if (process.platform === "win32") return null;
  for (const folder of directory === "" ? DIRECTORIES : [directory]) {
    const file = path.join(folder, program);
    if (!path.isAbsolute(file)) return null;
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

function failureOf(program: string, error: Error | null): string {
  const code = error !== null && "code" in error ? String(error.code) : "";
  if (code === "ABORT_ERR") return `${program} was cancelled.`;
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return `${program} said more than can be shown.`;
  if (error !== null && "killed" in error && error.killed === true) {
    return `${program} did not end within ${LONGEST_RUN / 1000} seconds.`;
  }
  return `${program} could not be run${code === "" ? "" : ` (${code})`}.`;
}
