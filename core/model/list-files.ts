import type { FileResult } from "../io/file-port.ts";
import { joinedText } from "../syntax/lines/joined-text.ts";
import { splitList } from "../syntax/value/list.ts";
import { resolveConfigurationPath } from "./configuration-paths.ts";
import { effectiveValue } from "./effective.ts";
import type { ListFile, MailServer } from "./mail-server.ts";

/** Match lists in which administrators name a file of domains or networks (`mydestination = /etc/postfix/domains`). */
export const LIST_FILE_PARAMETERS = [
  "mydestination",
  "mynetworks",
  "relay_domains",
  "virtual_alias_domains",
  "virtual_mailbox_domains",
] as const;

/** The files that match lists name, by the name there. What was not read yet is put on `wanted`. */
export function loadListFiles(
  server: MailServer,
  files: ReadonlyMap<string, FileResult>,
  wanted: string[],
): ReadonlyMap<string, ListFile> {
  const lists = new Map<string, ListFile>();
  for (const service of [null, ...(server.master?.tree.services ?? [])]) {
    for (const parameter of LIST_FILE_PARAMETERS) {
      if (service !== null && !service.overrides.some(({ name }) => name === parameter)) continue;
      const value = effectiveValue(server, parameter, service).expanded ?? "";
      if (!value.includes("/")) continue;
      for (const { content } of splitList(joinedText(value)).elements) {
        if (!content.startsWith("/") || lists.has(content)) continue;
        const path = resolveConfigurationPath(server.directory, server.isCopy, content);
        if (path !== null && !files.has(path)) wanted.push(path);
        lists.set(content, path === null ? "outside" : (files.get(path) ?? "missing"));
      }
    }
  }
  return lists;
}
