import { readFile } from "node:fs/promises";

/** A mistake planted in a log of `samples/`. */
export interface Planted {
  /** From the top of the checkout. */
  readonly file: string;
  /** 1 for the first. */
  readonly line: number;
  /** The catalogue entry that explains the line. */
  readonly entry: string;
}

/** Every planted line, in the order of the logs. */
export async function plantedMistakes(): Promise<readonly Planted[]> {
  const parsed: unknown = JSON.parse(await readFile(new URL("planted.json", import.meta.url), "utf8"));
  if (!Array.isArray(parsed) || !parsed.every(isPlanted))
    throw new Error("planted.json is no list of planted mistakes");
  return parsed;
}

function isPlanted(value: unknown): value is Planted {
  if (typeof value !== "object" || value === null) return false;
  return "file" in value && "entry" in value && "line" in value && typeof value.line === "number";
}
