import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import { purposes } from "@postmaster/core/fixes/purpose-registry.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { random } from "../core/syntax/random.ts";
import { rounds } from "../soak/rounds.ts";
import { type FixWorld, fixWorlds } from "./lib/fix-worlds.ts";
import { type HostileLine, hostileLine, PLAIN_LINES } from "./lib/hostile-line.ts";
import { type Change, changeOf, leavesOf } from "./lib/leaves.ts";
import { shellWords } from "./lib/shell-words.ts";
import { UNSEEN } from "./lib/unseen.ts";

const ROUNDS = rounds(100_000);
/** Where time is short, a line meets every fourth entry only. */
const SHARE = ROUNDS < 100_000 ? 4 : 1;

/** What an offer changes, in words that can be compared: the same fix for another name must change the same, but for the name. */
interface Shape {
  readonly changes: readonly (Change & { readonly file: string })[];
  /** Of the lines to add by hand. */
  readonly leaves: readonly string[];
  readonly commands: readonly (readonly string[])[];
}

function shapeOf(offer: FixOffer): Shape {
  const files = offer.kind === "edit" ? offer.files : [];
  return {
    changes: files.map(({ file, edits }) => {
      const name = file.path.slice(file.path.lastIndexOf("/") + 1);
      return { file: name, ...changeOf(name, file.text, applyEdits(file.text, edits)) };
    }),
    leaves: offer.kind === "lines" ? leavesOf(offer.fileName, offer.text) : [],
    commands: offer.commands.map(commandShape),
  };
}

/** A command's words; of a patch without the table's lines, which stand there as printf(1) takes them: test/postfix tries those. */
function commandShape(command: string): readonly string[] {
  const words = shellWords(command);
  return words[0] === "printf" ? words.filter((word) => !/^[ +-]/.test(word)) : words;
}

/** A shape with a line's values where another line's stood. Names are folded: Postfix does not tell their letter case apart. */
function renamed(shape: Shape, from: HostileLine, to: HostileLine): string {
  let text = JSON.stringify(shape).toLowerCase();
  const said = { ...from.values, ...from.answers };
  const now: Readonly<Record<string, string>> = { ...to.values, ...to.answers };
  const longestFirst = Object.entries(said).toSorted(([, a], [, b]) => b.length - a.length);
  for (const [name, value] of longestFirst) text = text.replaceAll(inJson(value), `‹${name}›`);
  for (const [name] of longestFirst) text = text.replaceAll(`‹${name}›`, () => inJson(now[name]));
  return text;
}

function inJson(value: string | undefined): string {
  return JSON.stringify(value ?? "")
    .slice(1, -1)
    .toLowerCase();
}

function offersOf(entry: CatalogueEntry, world: FixWorld, line: HostileLine): Promise<readonly FixOffer[]> {
  return offerFixes(entry, (field) => line.values[field] ?? null, { ...world.context, answers: line.answers });
}

/** What the fixes of an entry do for plain names, by offer: one of these is what they must do for any other. */
type Expected = ReadonlyMap<string, readonly { readonly shape: Shape; readonly line: HostileLine }[]>;

async function expectedOf(entry: CatalogueEntry, world: FixWorld): Promise<Expected> {
  const expected = new Map<string, { shape: Shape; line: HostileLine }[]>();
  for (const line of PLAIN_LINES) {
    for (const offer of await offersOf(entry, world, line)) {
      const key = `${offer.kind} ${offer.id}`;
      const known = expected.get(key) ?? [];
      const shape = shapeOf(offer);
      if (!known.some((one) => renamed(one.shape, one.line, line) === JSON.stringify(shape).toLowerCase()))
        expected.set(key, [...known, { shape, line }]);
    }
  }
  return expected;
}

test("no text of a log adds anything to a fix but itself", async (context) => {
  const from = random(20261128);
  const worlds = await fixWorlds();
  const tried = entries.filter(({ fixes }) => fixes.length > 0);
  const cases = await Promise.all(
    tried.flatMap((entry) => worlds.map(async (world) => ({ entry, world, expected: await expectedOf(entry, world) }))),
  );
  // A line meets every entry in one world, or a quarter of the entries in any; over the rounds every entry is met in every world.
  const stride = SHARE === 1 ? worlds.length : worlds.length * SHARE + 1;
  const counts = { edit: 0, lines: 0, ask: 0, commands: 0, withheld: 0 };
  const acting = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const line = hostileLine(from);
    for (let at = round % stride; at < cases.length; at += stride) {
      const one = cases[at];
      if (one === undefined) continue;
      for (const offer of await offersOf(one.entry, one.world, line)) {
        counts[offer.kind] += 1;
        checkTexts(offer);
        if (offer.kind === "withheld" || offer.kind === "ask") continue;
        acting.add(purposeOf(one.entry, offer));
        checkShape(offer, one.expected.get(`${offer.kind} ${offer.id}`) ?? [], line);
      }
    }
  }
  const said = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  context.diagnostic(`${ROUNDS} hostile lines: ${said.join(", ")}; ${acting.size} of ${purposes.size} purposes acted`);
  assert.ok(counts.edit > ROUNDS / 10, `only ${counts.edit} edits: everything is refused`);
  assert.ok(acting.size >= 12, `only ${[...acting].join(", ")} acted`);
});

function purposeOf(entry: CatalogueEntry, offer: FixOffer): string {
  return entry.fixes.find(({ id }) => offer.id.split("/")[1] === id)?.purpose ?? "";
}

function checkTexts(offer: FixOffer): void {
  const texts = [offer.title, offer.cost, ...offer.commands];
  if (offer.kind === "withheld" || offer.kind === "lines") texts.push(offer.reason);
  if (offer.kind === "ask") texts.push(offer.question.prompt, offer.question.placeholder);
  for (const text of texts) assert.doesNotMatch(text, UNSEEN, JSON.stringify(text));
}

function checkShape(
  offer: FixOffer,
  expected: readonly { readonly shape: Shape; readonly line: HostileLine }[],
  line: HostileLine,
): void {
  const actual = JSON.stringify(shapeOf(offer)).toLowerCase();
  assert.ok(
    expected.some((plain) => renamed(plain.shape, plain.line, line) === actual),
    `${offer.title}: ${JSON.stringify(line)}\nmakes ${actual}\nand plain names make\n${expected.map(({ shape }) => JSON.stringify(shape)).join("\n")}`,
  );
}
