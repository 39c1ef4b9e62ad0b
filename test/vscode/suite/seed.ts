import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionTitled,
  apply,
  codesInLine,
  diagnosticOn,
  diagnosticsArrive,
  hoverText,
  languageBecomes,
  onDisk,
  open,
  rangeOf,
  restore,
  undo,
} from "./editor.ts";
import seeds from "./seed.json" with { type: "json" };
import { test } from "./test.ts";

/** What must stand in a file after a fix, or no longer: file below samples/, pieces of its text. */
type Pieces = Readonly<Record<string, readonly string[] | undefined>>;

interface Fix {
  /** Words of its title. */
  readonly title: string;
  readonly files: Pieces;
  readonly gone?: Pieces;
}

interface Seed {
  readonly entry: string;
  /** A piece of the log line that shows it. */
  readonly line: string;
  /** Nobody's fault: it is explained, and is no problem unless the user asks for those. */
  readonly benign?: boolean;
  /** What its hover must say, the line's own values among them. */
  readonly hover: readonly string[];
  readonly fixes: readonly Fix[];
}

/** Every error of the seed list, on the samples: seen, explained with its own values, mended where it can be. */
for (const seed of seeds as readonly Seed[]) {
  const what = seed.benign === true ? "its line is no problem" : "its line is a problem";
  test(`${seed.entry}: ${what}, and the hover explains it`, async () => {
    const { document, range } = await openAt(seed);
    const hover = await hoverText(document, range.start);
    // VS Code shows the problems of the place above it, and it does not say their words again.
    const problems = vscode.languages.getDiagnostics(document.uri).filter((one) => one.range.contains(range));
    const shown = [...problems.map(({ message }) => message), hover].join("\n");
    for (const words of seed.hover) assert.ok(shown.includes(words), `the hover says "${words}":\n${shown}`);
  });

  for (const fix of seed.fixes) {
    test(`${seed.entry}: fix "${fix.title}"`, async () => {
      const files = Object.keys({ ...fix.files, ...fix.gone });
      const before = new Map(await Promise.all(files.map(async (file) => [file, await onDisk(file)] as const)));
      const { document, range } = await openAt(seed);
      try {
        await apply(await actionTitled(document, range, fix.title));
        for (const [file, old] of before) {
          const now = await onDisk(file);
          assert.notEqual(now, old, `${file} has changed`);
          for (const piece of fix.files[file] ?? [])
            assert.ok(now.includes(piece), `${file} holds "${piece}":\n${now}`);
          for (const piece of fix.gone?.[file] ?? [])
            assert.ok(!now.includes(piece), `${file} still holds "${piece}":\n${now}`);
        }
        // A fix of several files is one undo too, but VS Code asks a person whether it is meant for all of them.
        const [only] = files;
        if (files.length === 1 && only !== undefined)
          assert.equal(await undo(only), before.get(only), "one undo takes it back");
      } finally {
        for (const [file, old] of before) await restore(old, file);
      }
    });
  }
}

/** The place of a seed's problem in the log, once the server has looked at it. */
async function openAt({ entry, line, benign }: Seed): Promise<{ document: vscode.TextDocument; range: vscode.Range }> {
  const document = await open("mail.log");
  await languageBecomes(document, "postfix-log");
  if (benign !== true) return { document, range: (await diagnosticOn(document, entry, line)).range };
  const range = rangeOf(document, line);
  await diagnosticsArrive(document);
  assert.deepEqual(codesInLine(document, range.start.line), []);
  return { document, range };
}
