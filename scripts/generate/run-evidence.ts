import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Known } from "@postmaster/core/catalogue/compile-entry.ts";
import { parse } from "yaml";

/** What our runs on real servers have shown of the catalogue, as their cases declare it; the runs fail where a case is wrong. */
interface RunEvidence {
  readonly of: Known["reproduced"];
  /** Every entry that a case names, and where. */
  readonly claims: readonly Claim[];
}

interface Claim {
  readonly id: string;
  readonly place: string;
  /** A server of ours answered in place of the program that speaks. */
  readonly hasStandIn: boolean;
}

const PROOF = "test/proof";
/** What Postfix was put into, and what Amavis and Dovecot were. */
const SITUATIONS = ["cases", "amavis", "dovecot"].map((name) => `test/postfix/situations/${name}`);
/** The releases that the last whole run was made with, by program; `npm run proof` writes it. */
const RELEASES = `${PROOF}/releases.json`;
const NO_CASES = new Set(["lib", "base"]);

export async function readEvidence(root: string): Promise<RunEvidence> {
  const releases = asTexts(JSON.parse(await readFile(path.join(root, RELEASES), "utf8")));
  const claims = [
    ...(await proofClaims(root)),
    ...(await Promise.all(SITUATIONS.map((folder) => situationClaims(root, folder)))).flat(),
  ];
  return {
    claims,
    of({ id, system, loggedBy }) {
      const own = claims.filter((claim) => claim.id === id);
      const release = releases[loggedBy];
      if (own.length === 0 || release === undefined) return null;
      const kind = system !== loggedBy && own.every(({ hasStandIn }) => hasStandIn) ? "with-stand-in" : "reproduced";
      return { kind, source: release };
    },
  };
}

/** The cases of the proof run that are about a log line and not about a rule. */
async function proofClaims(root: string): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const { name } of await folders(path.join(root, PROOF))) {
    const place = `${PROOF}/${name}`;
    const data: unknown = JSON.parse(await readFile(path.join(root, place, "case.json"), "utf8"));
    if (typeof data !== "object" || data === null || "finding" in data) continue;
    // A case with iRedAPD's settings is answered by the run's own policy server.
    claims.push({
      id: name.split(".", 1)[0] ?? name,
      place,
      hasStandIn: existsSync(path.join(root, place, "settings.py")),
    });
  }
  return claims;
}

async function situationClaims(root: string, folder: string): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const name of (await readdir(path.join(root, folder))).toSorted()) {
    const place = `${folder}/${name}`;
    const data: unknown = parse(await readFile(path.join(root, place), "utf8"));
    const expected: unknown = typeof data === "object" && data !== null && "expect" in data ? data.expect : [];
    const hasStandIn = typeof data === "object" && data !== null && ("policy" in data || "milter" in data);
    if (!Array.isArray(expected)) throw new Error(`${place}: "expect" must be a list`);
    for (const id of expected) claims.push({ id: String(id), place, hasStandIn });
  }
  return claims;
}

async function folders(directory: string) {
  const found = await readdir(directory, { withFileTypes: true });
  return found
    .filter((one) => one.isDirectory() && !NO_CASES.has(one.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function asTexts(data: unknown): Readonly<Record<string, string>> {
  const fields: Readonly<Record<string, unknown>> = typeof data === "object" && data !== null ? { ...data } : {};
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}
