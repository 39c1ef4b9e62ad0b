import { afterCommands } from "../fixes/edit-commands.ts";
import type { AfterStep, CommandsOffer } from "../fixes/fix-offer.ts";
import type { SourceFile } from "../io/file-port.ts";
import type { SavedAs } from "../io/saved-as.ts";
import { sourceFiles } from "../model/assemble.ts";
import type { MailServer } from "../model/mail-server.ts";
import { indexPath } from "../model/status-paths.ts";
import { shellQuote } from "../text/shell-quote.ts";
import { type Span, span } from "../text/span.ts";
import { pathOnServer } from "./edit-offer.ts";
import { indexStep } from "./table-command.ts";

/** U+FEFF; in UTF-8 the bytes EF BB BF. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Where a mark in UTF-16 and a word in UTF-8 begin. */
const HEAD = 2;

/** Whether the text at hand is what is on the disk, and not what an editor decoded. */
export function showsHowSaved({ text, encoding, savedAs }: SourceFile): boolean {
  if (savedAs === "utf-8-mark") return text.startsWith(BYTE_ORDER_MARK);
  return encoding === "bytes" || text.slice(0, HEAD).includes("\0");
}

/** The configuration's files that were saved in one of these ways. */
export function filesSavedAs(server: MailServer, ways: readonly SavedAs[]): readonly SourceFile[] {
  const found = sourceFiles(server).filter(({ savedAs }) => ways.some((way) => way === savedAs));
  return [...new Map(found.map((file) => [file.path, file])).values()];
}

/** The first characters of a file. */
export function headOf({ text }: SourceFile): Span {
  return span(0, Math.min(HEAD, text.length));
}

/** Commands that send a file through a filter, its owner and mode kept, and make Postfix read it; none for a name that no shell takes. */
export function rewriteOffer(
  server: MailServer,
  file: SourceFile,
  filter: string,
  offer: Pick<CommandsOffer, "id" | "title" | "cost">,
): readonly CommandsOffer[] {
  const path = pathOnServer(server, file);
  const [from, to] = [shellQuote(path), shellQuote(`${path}.utf-8`)];
  if (from === null || to === null) return [];
  const rewrite = `${filter} <${from} >${to} && cat ${to} >${from} && rm ${to}`;
  const commands = [rewrite, ...afterCommands([...indexSteps(server, file), { kind: "reload" }], server, null)];
  return [{ kind: "commands", ...offer, safety: "review", after: [], commands }];
}

/** What makes the databases of a table anew. */
function indexSteps(server: MailServer, file: SourceFile): readonly AfterStep[] {
  return [...server.tables.values()]
    .filter((table) => table.path === file.path && indexPath(table) !== null)
    .map((table) => indexStep(server, table));
}
