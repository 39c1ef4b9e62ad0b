import { isRecord, type JsonRecord, readJsonRecord } from "./json.ts";
import { inRoot } from "./paths.ts";

/** One setting of the extension, as core/features/settings.json describes it. */
export interface Setting {
  /** With its prefix, as a user writes it: `postmaster.configDirectory`. */
  readonly id: string;
  /** Markdown. */
  readonly description: string;
  /** JSON schema plus VS Code's own keys. */
  readonly schema: JsonRecord;
}

/**
 * All settings, in the order they are shown.
 * @throws if one has no description, or no default.
 */
export function readSettings(): readonly Setting[] {
  const file = readJsonRecord(inRoot("core", "features", "settings.json"));
  return Object.entries(file).map(([key, schema]) => {
    if (!isRecord(schema)) throw new Error(`the setting ${key} is not an object`);
    const { description } = schema;
    if (typeof description !== "string") throw new Error(`the setting ${key} has no description`);
    if (!("default" in schema)) throw new Error(`the setting ${key} has no default`);
    return { id: `postmaster.${key}`, description, schema };
  });
}
