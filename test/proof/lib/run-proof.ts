import { existsSync } from "node:fs";
import process from "node:process";
import type { CaseResult } from "./case-result.ts";
import { caseIn, readCases } from "./proof-case.ts";
import type { ProofVersions } from "./proof-page.ts";
import { runCase } from "./run-case.ts";
import { proofEnvironment, runProgram, tryProgram } from "./run-program.ts";
import { createWorld } from "./world.ts";

/** What the run starts or asks, and the Debian package that brings it. */
const PROGRAMS: readonly (readonly [string, string])[] = [
  ["postfix", "postfix"],
  ["dovecot", "dovecot-core"],
  ["python3", "python3"],
  ["amavisd", "amavisd-new"],
  ["openssl", "openssl"],
  ["opendkim", "opendkim"],
  ["opendmarc", "opendmarc"],
  ["postgrey", "postgrey"],
  ["postsrsd", "postsrsd"],
  ["rspamd", "rspamd"],
  ["policyd-spf", "postfix-policyd-spf-python"],
];
const FILES: readonly (readonly [string, string])[] = [
  ["/usr/lib/postfix/postfix-pcre.so", "postfix-pcre"],
  ["/usr/lib/postfix/postfix-lmdb.so", "postfix-lmdb"],
  ["/usr/lib/dovecot/imap-login", "dovecot-imapd"],
  ["/usr/lib/dovecot/pop3-login", "dovecot-pop3d"],
];

/** Why no proof can be run here, and what to do about it; null if it can. */
export function proofObstacle(): string | null {
  if (process.platform !== "linux") return "The proof run needs Linux: its clients speak from all of 127.0.0.0/8.";
  if (process.getuid?.() !== 0)
    return "The proof run starts mail servers, which only root may: run it as root, for instance in a container.";
  const missing: string[] = [];
  for (const [program, name] of PROGRAMS) if (!isOnPath(program)) missing.push(name);
  for (const [file, name] of FILES) if (!existsSync(file)) missing.push(name);
  return missing.length === 0
    ? null
    : `The proof run needs ${missing.join(", ")}: apt-get install ${missing.join(" ")}`;
}

function isOnPath(program: string): boolean {
  return (proofEnvironment()["PATH"] ?? "").split(":").some((folder) => existsSync(`${folder}/${program}`));
}

export async function proofVersions(): Promise<ProofVersions> {
  const [dovecot = ""] = (await tryProgram("dovecot", ["--version"])).output.split(" ");
  // It prints `amavis-2.13.0 (20230106)`.
  const [, amavis = ""] = /amavis(?:d-new)?-(\S+)/.exec((await tryProgram("amavisd", ["-V"])).output) ?? [];
  return { postfix: (await runProgram("postconf", ["-d", "-h", "mail_version"])).trim(), dovecot, amavis };
}

/** @param wanted ids of cases or of entries; empty: all. */
export async function runProof(
  wanted: readonly string[],
  onResult: (result: CaseResult) => void = () => {},
): Promise<readonly CaseResult[]> {
  const versions = await proofVersions();
  const cases = (await readCases())
    .filter(({ id, entry }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(entry))
    .map((one) => caseIn(one, versions));
  if (cases.length === 0) throw new Error(`no case is called ${wanted.join(" or ")}`);
  await using world = await createWorld();
  const results: CaseResult[] = [];
  for (const proofCase of cases) {
    const result = await runCase(world, proofCase);
    results.push(result);
    onResult(result);
  }
  return results;
}
