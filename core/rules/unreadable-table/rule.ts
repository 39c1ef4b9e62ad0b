import { afterCommands } from "../../fixes/edit-commands.ts";
import type { CommandsOffer } from "../../fixes/fix-offer.ts";
import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { clientFiles, indexPath } from "../../model/status-paths.ts";
import { specOf } from "../../model/table-specs.ts";
import { splitList } from "../../syntax/value/list.ts";
import { parseTableReference } from "../../syntax/value/table-reference.ts";
import { shellQuote } from "../../text/shell-quote.ts";
import { assignments } from "../assignments.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { textFor } from "../settings-of.ts";

const ROOT = 0;
/** Read by the group or by others. */
const READABLE = 0o044;
const PROXY = "proxy:";

export const unreadableTable: Rule = {
  id: "unreadable-table",
  title: "A table that proxymap may not read",
  severity: "error",
  manualUrl: "https://www.postfix.org/proxymap.8.html",
  check: (server) =>
    server.statuses.size === 0
      ? []
      : onceEach(
          assignments(server).flatMap(({ file, service, name, value, valueText }) => {
            // What proxymap may be asked for is no use of it.
            if (!value.includes(PROXY) || name.startsWith("proxy_")) return [];
            return splitList(valueText).elements.flatMap(({ text, span }) => {
              const path = text.startsWith(PROXY) ? fileOf(server, expandIn(server, service, text) ?? "") : null;
              if (path === null || !isOfRootAlone(server, path)) return [];
              const message = `Only root may read ${nameInMessage(path)}, and proxymap, which opens it, runs as another user: each lookup fails, and mail is deferred.`;
              const postfix = printable(`open database ${path}: Permission denied`, file.encoding);
              return [{ file, span, message, postfix, fixes: fixes(server, path) }];
            });
          }),
        ),
};

/** The file that is opened for a table: its database, its text, or what says how to log in. */
function fileOf(server: MailServer, word: string): string | null {
  const reference = parseTableReference(word);
  const table = reference === null ? undefined : server.tables.get(specOf(reference));
  if (table === undefined) return null;
  return clientFiles(server).includes(table.name) ? table.name : (indexPath(table) ?? table.path);
}

function isOfRootAlone(server: MailServer, path: string): boolean {
  const status = server.statuses.get(path);
  if (typeof status !== "object" || status.uid !== ROOT || status.mode === null) return false;
  return (status.mode & READABLE) === 0 && textFor(server, null, "mail_owner") !== "root";
}

function fixes(server: MailServer, path: string): readonly CommandsOffer[] {
  const [owner, quoted] = [shellQuote(textFor(server, null, "mail_owner")), shellQuote(path)];
  if (owner === null || owner === "" || quoted === null) return [];
  return [
    {
      kind: "commands",
      id: "unreadable-table/group",
      title: "Let the group of Postfix's own user read it",
      safety: "review",
      cost: "Every program of Postfix can read the file then, and who is in that group.",
      after: [],
      commands: [
        `chgrp ${owner} ${quoted} && chmod g+r ${quoted}`,
        ...afterCommands([{ kind: "reload" }], server, null),
      ],
    },
  ];
}
