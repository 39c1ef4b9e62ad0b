import type { FileProblem, SourceFile } from "../../io/file-port.ts";
import { expandIn } from "../../model/effective.ts";
import { LIST_FILE_PARAMETERS } from "../../model/list-files.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { joinPath } from "../../model/paths.ts";
import type { PostfixVersion } from "../../reference/postfix-version.ts";
import { splitList } from "../../syntax/value/list.ts";
import { type Span, span } from "../../text/span.ts";
import { assignments } from "../assignments.ts";
import { includeUses } from "../include-uses.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { loadedUses } from "../table-uses.ts";

export const unreadFile: Rule = {
  id: "unread-file",
  title: "A file of the configuration that Postmaster could not read",
  severity: "information",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, { postfixVersion }) =>
    onceEach([...masterCf(server), ...tables(server, postfixVersion), ...lists(server), ...aliasLists(server)]),
};

/** Why our own reading failed. Of Postfix it says nothing: its programs are other users, and wait for a pipe. */
const WHY: Readonly<Record<Exclude<FileProblem, "missing">, string>> = {
  unreadable: "you may not read it, or reading it failed",
  "too-large": "it is larger than a file of a configuration may be here",
  folder: "it is a folder",
  special: "it is a pipe, a socket or a device",
  refused: "it lies, or a link leads, outside of what may be read here",
};

/** People name it for a table without entries. */
const EMPTY = "/dev/null";

function masterCf(server: MailServer): readonly RuleProblem[] {
  const { masterProblem, main, directory } = server;
  if (masterProblem === null) return [];
  const feed = main.file.text.indexOf("\n");
  const place = span(0, feed === -1 ? main.file.text.length : feed);
  return problemAt(main.file, place, joinPath(directory, "master.cf"), masterProblem);
}

function tables(server: MailServer, version: PostfixVersion): readonly RuleProblem[] {
  return loadedUses(server, version).flatMap(({ file, span: place, loaded }) => {
    if (loaded.content.kind !== "absent") return [];
    const { problem } = loaded.content;
    // Another rule's matter.
    if (problem === "folder") return [];
    return problemAt(file, place, loaded.name, problem);
  });
}

function lists(server: MailServer): readonly RuleProblem[] {
  return assignments(server).flatMap(({ name, service, file, valueText }) => {
    if (!LIST_FILE_PARAMETERS.some((one) => one === name)) return [];
    return splitList(valueText).elements.flatMap(({ content, span: place }) => {
      const path = expandIn(server, service, content) ?? "";
      const list = path.startsWith("/") ? server.lists.get(path) : undefined;
      return typeof list === "string" ? problemAt(file, place, path, list) : [];
    });
  });
}

function aliasLists(server: MailServer): readonly RuleProblem[] {
  return includeUses(server).flatMap(({ file, span: place, target }) => {
    const list = server.includes.get(target.text);
    // Another rule's matter.
    const isRead = typeof list !== "string" || list === "folder" || list === "special";
    return isRead ? [] : problemAt(file, place, target.text, list);
  });
}

function problemAt(
  file: SourceFile,
  place: Span,
  path: string,
  problem: FileProblem | "outside",
): readonly RuleProblem[] {
  if (problem === "missing" || problem === "outside" || path === EMPTY) return [];
  const message = `Postmaster could not read ${nameInMessage(path)}: ${WHY[problem]}. What it says is not looked at.`;
  return [{ file, span: place, message }];
}
