import { entries } from "@postmaster/core/catalogue/entries.ts";
import type { EditOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { random } from "../../core/syntax/random.ts";
import { fixWorlds } from "../../doors/lib/fix-worlds.ts";
import { type HostileLine, hostileLine } from "../../doors/lib/hostile-line.ts";

/** A fix that took a stranger's words, and the files it is about, by name. */
export interface HostileEdit {
  readonly purpose: string;
  readonly world: string;
  readonly line: HostileLine;
  readonly offer: EditOffer;
  readonly files: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/** Purposes that write what the line or an answer says. */
const WRITING = new Set(["accept-helo", "add-login-owner", "change-myhostname", "except-helo", "iredapd-add"]);

/** At most so many of one purpose, in each world. */
const SHARE = 15;

/** A sample of what hostile lines lead to. `directory`: where the configuration is said to lie. */
export async function hostileEdits(directory: string, wanted: number): Promise<readonly HostileEdit[]> {
  const from = random(7);
  const worlds = (await fixWorlds({ directory })).filter(({ context }) => context.server !== null);
  const found: HostileEdit[] = [];
  const counts = new Map<string, number>();
  while (found.length < wanted) {
    const line = hostileLine(from);
    for (const entry of entries) {
      const world = worlds[from.below(worlds.length)];
      if (world === undefined) throw new Error("there are no worlds");
      const isWanted = (purpose: string): boolean =>
        WRITING.has(purpose) && (counts.get(`${purpose} ${world.name}`) ?? 0) < SHARE;
      if (!entry.fixes.some(({ purpose }) => isWanted(purpose))) continue;
      for (const offer of await offerFixes(entry, (field) => line.values[field] ?? null, {
        ...world.context,
        answers: line.answers,
      })) {
        const purpose = entry.fixes.find(({ id }) => offer.id.endsWith(`/${id}`))?.purpose ?? "";
        if (offer.kind !== "edit" || !isWanted(purpose)) continue;
        counts.set(`${purpose} ${world.name}`, (counts.get(`${purpose} ${world.name}`) ?? 0) + 1);
        const files = offer.files.map(({ file, edits }) => ({
          name: file.path.slice(file.path.lastIndexOf("/") + 1),
          before: file.text,
          after: applyEdits(file.text, edits),
        }));
        found.push({ purpose, world: world.name, line, offer, files });
      }
    }
  }
  return found;
}
