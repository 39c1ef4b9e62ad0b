import { readFileSync } from "node:fs";

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws if the file is missing or is not JSON. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @throws if the file holds anything but a JSON object. */
export function readJsonRecord(path: string): JsonRecord {
  const value = readJson(path);
  if (!isRecord(value)) throw new Error(`${path} does not hold a JSON object`);
  return value;
}
