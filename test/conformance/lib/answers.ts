import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { runCommand } from "../../../scripts/lib/run-command.ts";

/** What the protocol says each method answers, in the words of its published types (the source of its meta-model). */
const RESULTS: Readonly<Record<string, string>> = {
  initialize: "InitializeResult",
  "client/registerCapability": "RegistrationParams",
  "textDocument/publishDiagnostics": "PublishDiagnosticsParams",
  "textDocument/hover": "Hover | null",
  "textDocument/completion": "CompletionItem[] | CompletionList | null",
  "completionItem/resolve": "CompletionItem",
  "textDocument/signatureHelp": "SignatureHelp | null",
  "textDocument/definition": "Definition | DefinitionLink[] | null",
  "textDocument/references": "Location[] | null",
  "textDocument/documentHighlight": "DocumentHighlight[] | null",
  "textDocument/documentSymbol": "DocumentSymbol[] | SymbolInformation[] | null",
  "textDocument/codeAction": "(Command | CodeAction)[] | null",
  "codeAction/resolve": "CodeAction",
  "textDocument/codeLens": "CodeLens[] | null",
  "textDocument/documentLink": "DocumentLink[] | null",
  "textDocument/foldingRange": "FoldingRange[] | null",
  "textDocument/selectionRange": "SelectionRange[] | null",
  "textDocument/formatting": "TextEdit[] | null",
  "textDocument/rangeFormatting": "TextEdit[] | null",
  "textDocument/prepareRename": "PrepareRenameResult | null",
  "textDocument/rename": "WorkspaceEdit | null",
  "textDocument/semanticTokens/full": "SemanticTokens | null",
  "textDocument/semanticTokens/range": "SemanticTokens | null",
  "textDocument/inlayHint": "InlayHint[] | null",
  "textDocument/diagnostic": "DocumentDiagnosticReport",
  "workspace/symbol": "SymbolInformation[] | WorkspaceSymbol[] | null",
};

/** Longer lists say the same again. */
const LONGEST = 40;

/** Answers of a server, to be held against the protocol. */
export interface Answers {
  /** @throws for a method that has no type here */
  add(method: string, answer: unknown): void;
  /** How many of each method. */
  counts(): ReadonlyMap<string, number>;
  /** What is wrong with them; empty if nothing is. `name` of a folder for the work. */
  check(name: string): Promise<string>;
}

export function createAnswers(): Answers {
  const kept = new Map<string, Set<string>>();
  const numbers: string[] = [];
  return {
    add(method, answer) {
      if (RESULTS[method] === undefined) throw new Error(`what ${method} answers is not known here`);
      numbers.push(...badNumbers(answer, method));
      const json = JSON.stringify(shortened(answer)) ?? "undefined";
      kept.set(method, (kept.get(method) ?? new Set<string>()).add(json));
    },
    counts: () => new Map([...kept].map(([method, answers]) => [method, answers.size])),
    async check(name) {
      return [...numbers, await compile(name, sourceOf(kept))].filter((line) => line !== "").join("\n");
    },
  };
}

function sourceOf(kept: ReadonlyMap<string, ReadonlySet<string>>): string {
  const names = new Set(Object.values(RESULTS).flatMap((type) => type.match(/[A-Z]\w+/g) ?? []));
  const lines = [`import type { ${[...names].join(", ")} } from "vscode-languageserver-protocol";`];
  let count = 0;
  for (const [method, answers] of kept) {
    for (const json of answers) {
      count += 1;
      // A literal of its own: properties that the protocol does not know are errors too.
      lines.push(`export const answer${count}: ${RESULTS[method] ?? "never"} = ${json};`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** TypeScript's word on the answers: the protocol's types are its published ones. */
async function compile(name: string, source: string): Promise<string> {
  const folder = inRoot("out", "conformance", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    module: "nodenext",
    types: [],
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  await writeFile(join(folder, "answers.ts"), source);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["answers.ts"] }));
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const { code, output } = await runCommand(process.execPath, [tsc, "-p", folder], { quiet: true });
  return code === 0 ? "" : output.slice(0, 4000);
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LONGEST).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shortened(field)]));
}

/** Every number of the protocol that we send is a `uinteger`: TypeScript knows no such type. */
function badNumbers(value: unknown, at: string): readonly string[] {
  if (typeof value === "number")
    return Number.isInteger(value) && value >= 0 && value <= 2_147_483_647 ? [] : [`${at}: ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => badNumbers(field, `${at}.${key}`));
}
