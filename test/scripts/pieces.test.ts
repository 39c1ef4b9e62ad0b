import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type ModuleImports, type Piece, planPieces } from "../../scripts/lib/pieces.ts";

function modules(imports: Readonly<Record<string, Partial<ModuleImports>>>): ReadonlyMap<string, ModuleImports> {
  return new Map(Object.entries(imports).map(([module, given]) => [module, { now: [], later: [], ...given }]));
}

/** The modules of each piece by its name. */
function held(
  given: readonly Piece[],
  imports: ReadonlyMap<string, ModuleImports>,
): Readonly<Record<string, string[]>> {
  const { pieces, ownerOf } = planPieces(given, imports);
  return Object.fromEntries(
    pieces.map((piece) => [piece.name, [...ownerOf].filter(([, owner]) => owner === piece).map(([module]) => module)]),
  );
}

suite("the pieces of the command line", () => {
  const program = { name: "program", entries: ["cli/main.ts"], isProgram: true } as const;

  test("a module is in the first piece whose entries import it, and what is imported later in one of its own", () => {
    const imports = modules({
      "cli/main.ts": { now: ["cli/words.ts", "core/bytes.ts"], later: ["cli/check.ts"] },
      "cli/check.ts": { now: ["core/lines.ts"], later: ["cli/fix/tell.ts", "cli/check.ts"] },
      "core/lines.ts": { now: ["core/bytes.ts", "core/lines.ts"] },
    });
    assert.deepEqual(held([{ name: "lines", entries: ["core/lines.ts"] }, program], imports), {
      lines: ["core/lines.ts", "core/bytes.ts"],
      program: ["cli/main.ts", "cli/words.ts"],
      "postmaster-check": ["cli/check.ts"],
      "postmaster-fix-tell": ["cli/fix/tell.ts"],
    });
  });

  test("a piece exports what others import of it, and what is imported later", () => {
    const lines = { name: "lines", entries: ["core/lines.ts", "core/later.ts"] };
    const imports = modules({
      "cli/main.ts": { now: ["core/lines.ts"] },
      "core/lines.ts": { now: ["core/bytes.ts"], later: ["core/later.ts"] },
    });
    assert.deepEqual(
      planPieces([lines, program], imports).takenFrom.get(lines),
      new Set(["core/lines.ts", "core/later.ts"]),
    );
  });

  test("nothing is taken from a program: it would be run once more", () => {
    const imports = modules({
      "cli/main.ts": { now: ["core/text.ts"], later: ["cli/check.ts"] },
      "cli/check.ts": { now: ["core/text.ts"] },
    });
    assert.throws(() => planPieces([program], imports), /cli\/check\.ts imports core\/text\.ts: program would be run/);
  });
});
