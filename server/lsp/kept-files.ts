import path from "node:path";
import type { FilePort, FileProblem, FileResult, FileStatus } from "@postmaster/core/io/file-port.ts";
import type { SavedAs } from "@postmaster/core/io/saved-as.ts";
import type { OpenDocument, TextFile } from "./documents.ts";

/** Results this old, in ms, are looked at again while the old ones still serve; after the longer time nobody is served before. */
const STALE_AFTER = 1000;
const DEAD_AFTER = 5000;

/** Files as they were a moment ago, for what is asked at each keystroke. Open documents are always as they are now. */
export interface KeptFiles {
  /** Unchanged files come back as the same object: what was made of them is still true. */
  readonly port: Pick<FilePort, "read" | "status">;
  /** Grows when a kept file turned out to be another. */
  readonly revision: number;
  /** Called before a batch of reads. Waits only where what is kept is too old to be used. */
  refresh(now: number): Promise<void>;
}

/**
 * @param disk reads a file as it is
 * @param openDocument what the editor has open under a path
 * @param onChange a kept file turned out to be another
 */
export function keepFiles(
  disk: Pick<FilePort, "read" | "status" | "savedAs">,
  openDocument: (file: string) => TextFile | null,
  onChange: () => void,
): KeptFiles {
  const kept = new Map<string, FileResult>();
  const statuses = new Map<string, FileStatus | FileProblem>();
  /** Of open documents: their text does not show it. */
  const savings = new Map<string, SavedAs | null>();
  const open = new Map<string, { readonly document: OpenDocument; readonly result: FileResult }>();
  let checked = 0;
  let revision = 0;
  let checking: Promise<boolean> | null = null;

  async function checkAll(now: number): Promise<boolean> {
    const results = await Promise.all(
      [...kept].map(async ([file, was]) => [file, was, await disk.read(file)] as const),
    );
    let changed = false;
    for (const [file, was, is] of results) {
      if (isSame(was, is)) continue;
      kept.set(file, is);
      changed = true;
    }
    if (await checkStatuses()) changed = true;
    if (await checkSavings()) changed = true;
    checked = now;
    checking = null;
    if (changed) revision += 1;
    return changed;
  }

  async function checkStatuses(): Promise<boolean> {
    const results = await Promise.all([...statuses].map(async ([file]) => [file, await disk.status(file)] as const));
    let changed = false;
    for (const [file, is] of results) {
      if (isSameStatus(statuses.get(file), is)) continue;
      statuses.set(file, is);
      changed = true;
    }
    return changed;
  }

  async function checkSavings(): Promise<boolean> {
    const results = await Promise.all([...savings].map(async ([file]) => [file, await disk.savedAs(file)] as const));
    let changed = false;
    for (const [file, is] of results) {
      if (savings.get(file) === is) continue;
      savings.set(file, is);
      open.delete(file);
      changed = true;
    }
    return changed;
  }

  async function savedAs(file: string): Promise<SavedAs | null> {
    const known = savings.get(file);
    if (known !== undefined) return known;
    const is = await disk.savedAs(file);
    savings.set(file, is);
    return is;
  }

  async function tellChanges(check: Promise<boolean>): Promise<void> {
    if (await check) onChange();
  }

  async function readOpen(file: string): Promise<FileResult | null> {
    if (openDocument(file) === null) return null;
    const saved = await savedAs(file);
    const document = openDocument(file);
    if (document === null) return null;
    const known = open.get(file);
    const { uri, version } = document;
    // Not by its version: a document that was closed and opened again begins at the same one with another text.
    if (known?.document === document) return known.result;
    const result: FileResult = {
      uri,
      path: file,
      text: document.text.text,
      parts: document.text.parts,
      encoding: "utf-8",
      savedAs: saved,
      version,
      writable: true,
    };
    open.set(file, { document, result });
    return result;
  }

  return {
    port: {
      async read(file) {
        const normal = path.normalize(file);
        const now = await readOpen(normal);
        if (now !== null) return now;
        open.delete(normal);
        savings.delete(normal);
        const known = kept.get(normal);
        if (known !== undefined) return known;
        const result = await disk.read(normal);
        kept.set(normal, result);
        return result;
      },
      async status(file) {
        const known = statuses.get(file);
        if (known !== undefined) return known;
        const status = await disk.status(file);
        statuses.set(file, status);
        return status;
      },
    },
    get revision() {
      return revision;
    },
    async refresh(now) {
      if (kept.size === 0 && savings.size === 0) {
        checked = now;
        return;
      }
      const age = now - checked;
      if (age < STALE_AFTER) return;
      checking ??= checkAll(now);
      if (age >= DEAD_AFTER) await checking;
      else void tellChanges(checking);
    },
  };
}

function isSame(a: FileResult, b: FileResult): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.text === b.text && a.encoding === b.encoding && a.writable === b.writable && a.uri === b.uri;
}

function isSameStatus(a: FileStatus | FileProblem | undefined, b: FileStatus | FileProblem): boolean {
  if (a === undefined || typeof a === "string" || typeof b === "string") return a === b;
  return a.modifiedMs === b.modifiedMs && a.mode === b.mode && a.uid === b.uid;
}
