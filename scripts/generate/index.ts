import type { GeneratedFile } from "../lib/generated-file.ts";
import { generateCatalogue } from "./catalogue.ts";
import { generateMessages } from "./messages.ts";
import { generateReference } from "./reference.ts";
import { generateRules } from "./rules.ts";

/** Everything that is made from other files of the project. Reads only; the same input gives the same bytes. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  return [
    await generateCatalogue(root),
    await generateMessages(root),
    ...(await generateRules(root)),
    ...(await generateReference(root)),
  ];
}
