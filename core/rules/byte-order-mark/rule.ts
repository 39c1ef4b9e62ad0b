import type { FixOffer } from "../../fixes/fix-offer.ts";
import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule } from "../rule.ts";
import { filesSavedAs, headOf, rewriteOffer, showsHowSaved } from "../saved-otherwise.ts";

export const byteOrderMark: Rule = {
  id: "byte-order-mark",
  title: "A byte order mark at the beginning of a file",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) =>
    filesSavedAs(server, ["utf-8-mark"])
      .filter((file) => showsHowSaved(file) || file.version !== null)
      .map((file) => ({
        file,
        span: headOf(file),
        message: `${nameInMessage(baseName(file.path))} begins with a byte order mark, which editors on Windows write and many do not show: for Postfix its three bytes are part of the first word.`,
        fixes: fixesOf(server, file),
      })),
};

/** The bytes of the mark in UTF-8. */
const BEHIND_THE_MARK = 4;

function fixesOf(server: MailServer, file: SourceFile): readonly FixOffer[] {
  const offer = {
    id: "byte-order-mark/remove",
    title: `Take the byte order mark off ${baseName(file.path)}`,
    cost: "The first line counts as it is written.",
  } as const;
  // What an editor does not show it cannot take away.
  if (!showsHowSaved(file)) return rewriteOffer(server, file, `tail -c +${BEHIND_THE_MARK}`, offer);
  return [editOffer(server, { ...offer, safety: "review", reload: true }, file, [{ span: span(0, 1), newText: "" }])];
}
