import type { GeneratedFile } from "../lib/generated-file.ts";
import { catalogueEntries, generateCatalogue } from "./catalogue.ts";
import { generateEvidence } from "./evidence.ts";
import { generateLineMachine } from "./line-machine.ts";
import { generateMessages, messageIds } from "./messages.ts";
import { generateNotices } from "./notices.ts";
import { generateReference } from "./reference.ts";
import { generateRules } from "./rules.ts";

/** Everything that is made from other files of the project. Reads only; the same input gives the same bytes. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const entries = await catalogueEntries(root);
  return [
    generateCatalogue(entries),
    await generateEvidence(root, entries, await messageIds(root)),
    ...(await generateMessages(root)),
    ...(await generateRules(root)),
    ...(await generateReference(root)),
    await generateNotices(root),
    await generateLineMachine(root),
  ];
}
