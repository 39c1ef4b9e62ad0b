import type { SavedAs } from "../../io/saved-as.ts";
import { baseName } from "../../model/paths.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule } from "../rule.ts";
import { filesSavedAs, headOf, rewriteOffer } from "../saved-otherwise.ts";

export const textInUtf16: Rule = {
  id: "text-in-utf16",
  title: "A file saved as UTF-16",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) =>
    filesSavedAs(server, ["utf-16le-mark", "utf-16be-mark", "utf-16le", "utf-16be"]).map((file) => ({
      file,
      span: headOf(file),
      message: `${nameInMessage(baseName(file.path))} is saved as UTF-16, as editors on Windows do: Postfix reads one byte a character and understands nothing of it. Save it as UTF-8.`,
      fixes: rewriteOffer(server, file, `iconv -f ${nameOf(file.savedAs)} -t UTF-8`, {
        id: "text-in-utf16/convert",
        title: `Convert ${baseName(file.path)} to UTF-8`,
        cost: "What the file says takes effect.",
      }),
    })),
};

/** What iconv(1) calls it; with a mark it finds the order of the bytes, and takes the mark away. */
function nameOf(savedAs: SavedAs | null | undefined): string {
  if (savedAs === "utf-16le") return "UTF-16LE";
  return savedAs === "utf-16be" ? "UTF-16BE" : "UTF-16";
}
