import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../eventually.ts";
import { type SeenFixes, seeFixes } from "./see-fixes.ts";
import { acceptPreview, chooseAction, saveAll, type Workbench } from "./workbench.ts";

/** What a person sees on the way from a rejected HELO name to its exception. */
export interface HeloStory extends SeenFixes {
  /** The HELO table on disk after everything was saved. */
  readonly table: string;
}

/** The moments worth a picture, in the order they come. */
export type Moment = "hover" | "fixes" | "preview";

const LINE = "<OFFICEPC7>: Helo command rejected: need fully-qualified hostname";

/** The main job of the extension, done by hand on the samples: read the error, pick its fix, look at the change, accept it. */
export async function heloStory(bench: Workbench, see: (moment: Moment) => Promise<void>): Promise<HeloStory> {
  const { page, folder } = bench;
  const tableFile = join(folder, "postfix", "helo_access.pcre");
  const before = await readFile(tableFile, "utf8");
  const { hover, actions } = await seeFixes(bench, LINE, "Helo command rejected", () => see("hover"));
  await see("fixes");
  await chooseAction(page, "Accept the HELO name OFFICEPC7");
  await acceptPreview(page, () => see("preview"));
  await saveAll(page);
  const table = await eventually("the table on disk to change", async () => {
    const now = await readFile(tableFile, "utf8");
    // VS Code empties a file before it writes it anew: a shorter one is a moment in between.
    return now.length > before.length ? now : null;
  });
  return { hover, actions, table };
}
