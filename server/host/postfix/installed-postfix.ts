import { runPostfixProgram } from "./run-program.ts";

/** The Postfix of this machine. */
export interface InstalledPostfix {
  /** `mail_version`, such as `3.7.11`. */
  readonly version: string;
  /** As `postconf -m` lists them. */
  readonly tableTypes: readonly string[];
}

/** Asks postconf(1) what it is; null if there is none, or it does not answer. */
export async function installedPostfix(directory: string, commandDirectory: string): Promise<InstalledPostfix | null> {
  const [version, types] = await Promise.all([
    runPostfixProgram("postconf", ["-c", directory, "-dh", "mail_version"], commandDirectory),
    runPostfixProgram("postconf", ["-c", directory, "-m"], commandDirectory),
  ]);
  const name = version.stdout.trim();
  if (version.exitCode !== 0 || types.exitCode !== 0 || name === "") return null;
  return { version: name, tableTypes: types.stdout.split("\n").filter((type) => type !== "") };
}
