import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { loadedUses } from "../table-uses.ts";

export const folderAsTable: Rule = {
  id: "folder-as-table",
  title: "A folder in the place of a table",
  severity: "error",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, { postfixVersion }) =>
    onceEach(
      loadedUses(server, postfixVersion).flatMap(({ file, span, loaded }) => {
        if (loaded.content.kind !== "absent" || loaded.content.problem !== "folder") return [];
        const { name, type } = loaded;
        const words = wordsFor(type, name);
        const effect = words === null ? "there is nothing in it for Postfix" : "the programs that look into it stop";
        return [
          {
            file,
            span,
            message: `${nameInMessage(name)} is a folder, not a table: ${effect}.`,
            ...(words === null ? {} : { postfix: printable(words, file.encoding) }),
          },
        ];
      }),
    ),
};

/** Null: the type takes a folder without a word for a table without entries, or does not read the text itself. */
function wordsFor(type: string, path: string): string | null {
  if (type === "texthash") return `read ${path}: Is a directory`;
  return type === "cidr" ? `cidr map ${path}: read error: Is a directory` : null;
}
