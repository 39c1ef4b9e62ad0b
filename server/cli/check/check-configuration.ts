import path from "node:path";
import { pathToFileURL } from "node:url";
import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import { type FilePort, isSourceFile, type SourceFile } from "@postmaster/core/io/file-port.ts";
import { savedAsOf } from "@postmaster/core/io/saved-as.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { maskSecrets, secretsOf, tellsSecret } from "@postmaster/core/model/secrets.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import type { Finding } from "@postmaster/core/report/finding.ts";
import { findingSeverity } from "@postmaster/core/report/finding-severity.ts";
import { checkWithPatterns } from "@postmaster/core/rules/check-configuration.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import { indexLines } from "@postmaster/core/text/line-index.ts";
import type { Input } from "../../input/open-input.ts";
import { type CheckRun, list } from "./check-run.ts";

export type ConfigurationKind = "main-cf" | "master-cf";

/** A configuration file is read whole; a larger one is no configuration. */
const LARGEST = 64 * 1024 * 1024;

/** A main.cf or master.cf and the configuration it is part of. */
export interface LoadedConfiguration {
  readonly file: SourceFile;
  readonly server: MailServer;
}

/**
 * Reads one main.cf or master.cf together with the other files of its folder. Under another name (`main.cf.proto`) or from the standard input it
 * is looked at as if it were main.cf or master.cf of that folder or of the working directory.
 * @returns a word for people where the file cannot be read
 */
export async function loadConfiguration(
  input: Input,
  kind: ConfigurationKind,
  run: CheckRun,
): Promise<LoadedConfiguration | string> {
  const usualName = kind === "main-cf" ? "main.cf" : "master.cf";
  const file = await readWhole(input, input.path ?? path.resolve(usualName));
  if (typeof file === "string") return file;
  const standsFor = path.join(path.dirname(file.path), usualName);
  const port = withFile(run.configurations.port, standsFor, file);
  const load = { defaultOf: (name: string) => defaultOf(name, run.postfixVersion) };
  const server = await loadMailServer(port, path.dirname(file.path), load);
  return server === null ? "cannot be read as configuration" : { file, server };
}

/** What the rules find in one file of a configuration. */
export async function findingsInFile(server: MailServer, file: string, run: CheckRun): Promise<readonly RuleFinding[]> {
  const { postfixVersion, tableTypes, patternMatcher } = run;
  const findings = await checkWithPatterns(server, patternMatcher, { postfixVersion, tableTypes });
  return findings.filter((found) => found.file.path === file);
}

/** Lists what the rules find in files of a configuration. `names`: by path, the files as the reader knows them. */
export async function reportConfiguration(
  server: MailServer,
  names: ReadonlyMap<string, string>,
  run: CheckRun,
): Promise<void> {
  const { postfixVersion, tableTypes, patternMatcher } = run;
  for (const found of await checkWithPatterns(server, patternMatcher, { postfixVersion, tableTypes })) {
    const name = names.get(found.file.path);
    if (name === undefined) continue;
    const finding = await toFinding(found, server, name, run);
    run.counts.add(name, finding.id, finding.severity);
    await list(run, finding);
  }
}

async function toFinding(found: RuleFinding, server: MailServer, name: string, run: CheckRun): Promise<Finding> {
  const index = indexLines(found.file.text);
  const start = index.positionAt(found.span.start);
  const end = index.positionAt(found.span.end);
  return {
    file: name,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    severity: findingSeverity(found.severity),
    id: found.ruleId,
    message: found.message,
    postfix: found.postfix,
    because: [],
    // A report goes to others: no replacement in it may hold a password.
    fixes: [...found.fixes, ...(await entryFixes(found, server, run))].filter(
      (offer) => !writesSecret(offer, secretsOf(server)),
    ),
    lineText: maskSecrets(
      found.file.text.slice(index.lineStart(start.line), index.lineEnd(start.line)),
      secretsOf(server),
    ),
  };
}

function writesSecret(offer: FixOffer, secrets: readonly string[]): boolean {
  if (offer.kind !== "edit") return false;
  return offer.files.some(({ edits }) => edits.some(({ newText }) => tellsSecret(newText, secrets)));
}

/** The fixes of the catalogue entry for the same mistake: they may need to ask tables, which a rule cannot. */
async function entryFixes(found: RuleFinding, server: MailServer, run: CheckRun): Promise<readonly FixOffer[]> {
  const entry = found.entry === null ? null : entryById(found.entry.id);
  if (found.entry === null || entry === null) return [];
  const { values } = found.entry;
  const valueOf = (field: string): string | null => (Object.hasOwn(values, field) ? (values[field] ?? null) : null);
  const surroundings = await run.configurations.surroundingsOfServer(server);
  return offerFixes(entry, valueOf, { ...surroundings, origin: { program: null, message: "" } });
}

async function readWhole(input: Input, file: string): Promise<SourceFile | string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input.chunks) {
    pieces.push(chunk);
    length += chunk.length;
    if (length > LARGEST) return "is too large for a configuration file";
  }
  const bytes = Buffer.concat(pieces);
  const text = asUtf8(bytes);
  return {
    uri: pathToFileURL(file).href,
    path: file,
    text: text ?? bytes.toString("latin1"),
    encoding: text === null ? "bytes" : "utf-8",
    savedAs: savedAsOf(bytes),
    version: null,
    writable: false,
  };
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The port with one file laid over it. A master.cf alone is still a configuration: an absent main.cf counts as empty. */
function withFile(port: FilePort, at: string, file: SourceFile): FilePort {
  const main = path.join(path.dirname(at), "main.cf");
  return {
    async read(wanted) {
      if (wanted === at) return file;
      const result = await port.read(wanted);
      if (wanted !== main || isSourceFile(result) || result !== "missing") return result;
      return { ...file, uri: pathToFileURL(main).href, path: main, text: "", encoding: "utf-8", savedAs: null };
    },
    status: (wanted) => port.status(wanted),
    isLink: (wanted) => port.isLink(wanted),
    savedAs: (wanted) => port.savedAs(wanted),
    tail: (wanted, bytes) => port.tail(wanted, bytes),
    list: (directory) => port.list(directory),
  };
}
