import { isSourceFile, type SourceFile } from "../io/file-port.ts";
import { aliasSpecs, type ListedTarget, listedTargets, targetsOfAliases } from "../model/include-files.ts";
import type { MailServer } from "../model/mail-server.ts";

/** A target and the file it stands in. */
export interface PlacedTarget extends ListedTarget {
  readonly file: SourceFile;
}

/** What the lists name that aliases include. */
export function targetsInLists(server: MailServer): readonly PlacedTarget[] {
  return [...server.includes.values()].flatMap((list) =>
    list !== "outside" && isSourceFile(list) ? placed(list, listedTargets(list)) : [],
  );
}

/** Each `:include:`, in aliases and in lists. */
export function includeUses(server: MailServer): readonly PlacedTarget[] {
  const inAliases = [...aliasSpecs(server)].flatMap((spec) => {
    const content = server.tables.get(spec)?.content;
    return content?.kind === "indexed" ? placed(content.file, targetsOfAliases(content)) : [];
  });
  return [...inAliases, ...targetsInLists(server)].filter(({ target }) => target.kind === "include");
}

function placed(file: SourceFile, targets: readonly ListedTarget[]): readonly PlacedTarget[] {
  return targets.map((one) => ({ ...one, file }));
}
