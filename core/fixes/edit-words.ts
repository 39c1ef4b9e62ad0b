import { ownerName, sameOwner, type ValueOwner } from "../model/effective.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PlacedWord } from "../model/restrictions.ts";
import { insertElement, removeElements, replaceElement } from "../syntax/main-cf/edit-main-cf.ts";
import {
  insertOverrideElement,
  removeOverrideElements,
  replaceOverrideElement,
} from "../syntax/master-cf/edit-master-cf.ts";
import { type EditResult, refused } from "../text/edit-result.ts";
import type { FileEdit } from "./fix-offer.ts";

/** Edits, or in plain words why there are none. */
export type WordEdits =
  | { readonly ok: true; readonly files: readonly FileEdit[] }
  | { readonly ok: false; readonly reason: string };

/** Takes words out of the lists they are written in. */
export function removeWords(server: MailServer, words: readonly PlacedWord[]): WordEdits {
  const stuck = words.find((word) => word.owner === null || word.index === null);
  if (stuck !== undefined) return { ok: false, reason: whyStuck(stuck) };
  const groups: { owner: ValueOwner; indexes: Set<number> }[] = [];
  for (const { owner, index } of words) {
    if (owner === null || index === null) continue;
    const known = groups.find((one) => sameOwner(one.owner, owner));
    if (known === undefined) groups.push({ owner, indexes: new Set([index]) });
    else known.indexes.add(index);
  }
  return collect(
    groups.map(({ owner, indexes }) => ({
      owner,
      result: removeFrom(
        server,
        owner,
        [...indexes].sort((a, b) => a - b),
      ),
    })),
  );
}

/** Puts another text in the place of each word. */
export function replaceWords(server: MailServer, words: readonly PlacedWord[], text: string): WordEdits {
  return eachWord(words, (owner, index) => replaceIn(server, owner, index, text));
}

/** Writes `text` in front of each word. */
export function insertBeforeWords(server: MailServer, words: readonly PlacedWord[], text: string): WordEdits {
  return eachWord(words, (owner, index) => insertIn(server, owner, index, text));
}

/** The same place named once, however many lists lead there. */
export function distinctWords(words: readonly PlacedWord[]): readonly PlacedWord[] {
  const seen = new Set<string>();
  return words.filter((word) => {
    const key = `${word.owner?.file.path ?? ""}:${word.span?.start ?? ""}:${word.text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** `smtpd_helo_restrictions in main.cf`, or with the service for an override. */
export function placeOf(owner: ValueOwner): string {
  if (owner.kind === "main") return `${ownerName(owner)} in main.cf`;
  return `-o ${ownerName(owner)} of ${owner.service.name} in master.cf`;
}

/** Where words are written, each place once. */
export function placesOfWords(words: readonly PlacedWord[]): string {
  return [...new Set(words.flatMap((word) => (word.owner === null ? [] : [placeOf(word.owner)])))].join(", ");
}

export const REFUSAL_WORDS = {
  "unsafe-text": "the new text would mean something else in that file",
  "not-found": "what should change is not there",
  "not-understood": "the file is written in a way that is not understood well enough to edit it",
} as const;

function eachWord(words: readonly PlacedWord[], edit: (owner: ValueOwner, index: number) => EditResult): WordEdits {
  const results: { owner: ValueOwner; result: EditResult }[] = [];
  for (const word of words) {
    if (word.owner === null || word.index === null) return { ok: false, reason: whyStuck(word) };
    results.push({ owner: word.owner, result: edit(word.owner, word.index) });
  }
  return collect(results);
}

function collect(results: readonly { readonly owner: ValueOwner; readonly result: EditResult }[]): WordEdits {
  const files: FileEdit[] = [];
  for (const { owner, result } of results) {
    if (!result.ok) return { ok: false, reason: `${placeOf(owner)}: ${REFUSAL_WORDS[result.reason]}` };
    files.push({ file: owner.file, edits: result.edits });
  }
  return { ok: true, files };
}

function whyStuck(word: PlacedWord): string {
  if (word.owner === null) return `${word.text} comes from a built-in default, not from a file`;
  return `${word.text} comes out of a larger expression in ${placeOf(word.owner)}: change it there by hand`;
}

function removeFrom(server: MailServer, owner: ValueOwner, indexes: readonly number[]): EditResult {
  if (owner.kind === "main") return removeElements(server.main.tree, owner.definition, indexes);
  return server.master === null
    ? refused("not-found")
    : removeOverrideElements(server.master.tree, owner.override, indexes);
}

function replaceIn(server: MailServer, owner: ValueOwner, index: number, text: string): EditResult {
  if (owner.kind === "main") return replaceElement(server.main.tree, owner.definition, index, text);
  return server.master === null
    ? refused("not-found")
    : replaceOverrideElement(server.master.tree, owner.override, index, text);
}

function insertIn(server: MailServer, owner: ValueOwner, index: number, text: string): EditResult {
  if (owner.kind === "main") return insertElement(server.main.tree, owner.definition, "before", index, text);
  return server.master === null
    ? refused("not-found")
    : insertOverrideElement(server.master.tree, owner.override, "before", index, text);
}
