import { generatedFiles } from "../generate/index.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { generateManifest } from "./manifest.ts";
import { root } from "./paths.ts";
import { generateSettingsPage } from "./settings-page.ts";

/** Every generated file of the project, as it should be now. */
export async function allGeneratedFiles(): Promise<readonly GeneratedFile[]> {
  return [...(await generatedFiles(root)), await generateManifest(), ...(await generateSettingsPage())];
}
