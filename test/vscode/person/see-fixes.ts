import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { placeOf } from "./place.ts";
import { goTo, hoverSquiggle, openFile, openLightBulb, type Workbench } from "./workbench.ts";

/** What a person reads about a problem of a log on the way to its fixes. */
export interface SeenFixes {
  readonly hover: string;
  readonly actions: readonly string[];
}

/**
 * Opens mail.log, hovers over a problem and opens its light bulb, which stays open.
 * @param line of the log, the first that holds this @param words of the problem in it @param seen told when the hover is there
 */
export async function seeFixes(
  { page, folder }: Workbench,
  line: string,
  words: string,
  seen: () => Promise<void> = async () => {},
): Promise<SeenFixes> {
  const place = placeOf(await readFile(join(folder, "mail.log"), "utf8"), line, words);
  await openFile(page, "mail.log");
  await goTo(page, place);
  const hover = await hoverSquiggle(page, place.line);
  await seen();
  await page.keyboard.press("Escape");
  return { hover, actions: await openLightBulb(page) };
}
