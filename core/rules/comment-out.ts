import type { EditOffer } from "../fixes/fix-offer.ts";
import type { MailServer } from "../model/mail-server.ts";
import { span } from "../text/span.ts";
import { editOffer } from "./edit-offer.ts";

/**
 * Comments out every definition of a parameter in main.cf, continuation lines included. Only for what had no effect: it is safe, unless there is something
 * for the owner to weigh, which is the `cost`.
 */
export function commentOutDefinition(
  server: MailServer,
  name: string,
  { id, title, cost = "" }: { readonly id: string; readonly title: string; readonly cost?: string },
): readonly EditOffer[] {
  const { file, tree } = server.main;
  const lines = tree.definitions
    .filter((definition) => definition.name === name)
    .flatMap(({ logical }) => logical.lines.filter(({ kind }) => kind === "text"));
  const edits = lines.map((line) => ({ span: span(line.span.start, line.span.start), newText: "# " }));
  const safety = cost === "" ? "safe" : "review";
  return [editOffer(server, { id, title, safety, cost, reload: false }, file, edits)];
}
