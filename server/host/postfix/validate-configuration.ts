import process from "node:process";
import { type PostfixComplaint, postfixComplaints } from "@postmaster/core/features/validation/postfix-complaint.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { runPostfixProgram } from "./run-program.ts";

export interface Validation {
  readonly complaints: readonly PostfixComplaint[];
  /** What was run and what it said, for people. */
  readonly report: string;
  /** Nothing could be run at all: why. */
  readonly failure: string | null;
}

export interface ValidationRequest {
  /** Of main.cf, absolute. */
  readonly directory: string;
  /** The directory is where this machine's Postfix runs from: its spool may be looked at too. */
  readonly isRunning: boolean;
  /** Setting `postmaster.postfixCommandDirectory`. */
  readonly commandDirectory: string;
}

/**
 * Lets Postfix look at a configuration on disk. `postconf -M` and `-P` read main.cf twice and call every second definition an earlier one,
 * so that complaint counts only from `-n`.
 */
export async function validateConfiguration(request: ValidationRequest, signal: AbortSignal): Promise<Validation> {
  const { directory, isRunning, commandDirectory } = request;
  const complaints: PostfixComplaint[] = [];
  const report: string[] = [];
  for (const option of ["-n", "-M", "-P"]) {
    const result = await runPostfixProgram("postconf", ["-c", directory, option], commandDirectory, signal);
    if (result.failure !== null) return { complaints, report: report.join("\n"), failure: result.failure };
    const said = postfixComplaints(result.stderr).filter(
      ({ text }) => option === "-n" || !text.startsWith("overriding earlier entry: "),
    );
    complaints.push(...said.filter((one) => isRunning || !isAboutAbsentFile(one)));
    report.push(section(`postconf -c ${directory} ${option}`, result.exitCode, said));
  }
  if (!isRunning) {
    report.push("postfix check was not run: it looks at the spool of a running Postfix, and this is a copy.");
  } else if (process.getuid?.() !== 0) {
    report.push(`postfix check was not run: it needs root. In a terminal: sudo postfix -c ${directory} check`);
  } else {
    const result = await runPostfixProgram("postfix", ["-c", directory, "check"], commandDirectory, signal);
    const said = postfixComplaints(result.stderr);
    complaints.push(...said);
    report.push(result.failure ?? section(`postfix -c ${directory} check`, result.exitCode, said));
  }
  return { complaints, report: report.join("\n"), failure: null };
}

/** A copy of a configuration came without the files that it names elsewhere: that they are not here is no mistake of it. */
function isAboutAbsentFile({ text }: PostfixComplaint): boolean {
  return (
    text.endsWith("No such file or directory") && STANDARD_DIRECTORIES.some((folder) => text.includes(`${folder}/`))
  );
}

function section(command: string, exitCode: number | null, complaints: readonly PostfixComplaint[]): string {
  const lines = [...new Set(complaints.map(complaintLine))];
  const end = exitCode === 0 ? "" : ` (exit status ${exitCode ?? "none"})`;
  return [`$ ${command}${end}`, ...(lines.length === 0 ? ["  no complaint"] : lines.map((line) => `  ${line}`))].join(
    "\n",
  );
}

function complaintLine({ level, path, line, text }: PostfixComplaint): string {
  const place = path === null ? "" : `${path}${line === null ? "" : `, line ${line}`}: `;
  return `${level}: ${place}${text}`;
}
