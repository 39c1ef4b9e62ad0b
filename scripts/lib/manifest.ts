import { readFile } from "node:fs/promises";
import type { GeneratedFile } from "./generated-file.ts";
import { isRecord, type JsonRecord, readJsonRecord } from "./json.ts";
import { inRoot } from "./paths.ts";
import { readSettings, type Setting } from "./settings.ts";

/**
 * package.json with every key of client/manifest.json in place of its own, and `contributes.configuration`
 * made from the settings the server reads. Everything else in package.json is written by hand and stays as it is.
 */
export async function generateManifest(): Promise<GeneratedFile> {
  const manifest: unknown = JSON.parse(await readFile(inRoot("package.json"), "utf8"));
  if (!isRecord(manifest)) throw new Error("package.json does not hold a JSON object");
  const fragment = readJsonRecord(inRoot("client", "manifest.json"));
  const contributes = fragment["contributes"];
  if (!isRecord(contributes)) throw new Error('client/manifest.json has no "contributes"');
  const merged = {
    ...manifest,
    ...fragment,
    contributes: { ...contributes, configuration: configuration(readSettings()) },
  };
  return { path: "package.json", text: `${JSON.stringify(merged, null, 2)}\n` };
}

function configuration(settings: readonly Setting[]): JsonRecord {
  return {
    title: "Postmaster",
    properties: Object.fromEntries(settings.map((setting, order) => [setting.id, property(setting, order)])),
  };
}

function property({ schema }: Setting, order: number): JsonRecord {
  const { description, enumDescriptions, ...rest } = schema;
  return {
    ...rest,
    ...(enumDescriptions === undefined ? {} : { markdownEnumDescriptions: enumDescriptions }),
    markdownDescription: description,
    scope: schema["scope"] ?? "resource",
    order,
  };
}
