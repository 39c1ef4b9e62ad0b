import { expandIn } from "../../model/effective.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { counted } from "../../text/counted.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { keyCount } from "./key-count.ts";
import { type TableUse, tableUses } from "./table-uses.ts";

/** A table in a few lines of Markdown: how many keys, who uses it. `name` as in a `ConfigSymbol`. */
export function tableSummary(server: MailServer, name: string): string | null {
  const uses = tableUses(server).filter(({ path, mention }) => (path ?? `${mention.type}:${mention.name}`) === name);
  const [first] = uses;
  if (first === undefined) return null;
  const table = tableOf(server, first);
  const users = [...new Set(uses.map(({ restriction, where }) => restriction ?? where.parameter))];
  return [
    `**${codeSpan(`${first.mention.type}:${first.mention.name}`)}** · lookup table`,
    table === undefined ? "" : contentText(table),
    `Used by ${users.map((user) => codeSpan(user)).join(", ")}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A table whose file lies outside has no path here, but it has a name. */
function tableOf(server: MailServer, { path, mention, where }: TableUse): LoadedTable | undefined {
  if (path !== null) return [...server.tables.values()].find((table) => table.path === path);
  const name = expandIn(server, where.service, mention.name);
  return name === null ? undefined : server.tables.get(`${mention.type}:${name}`);
}

function contentText({ content }: LoadedTable): string {
  switch (content.kind) {
    case "indexed":
    case "pattern":
    case "cidr":
      return keyCount(content);
    case "inline":
      return counted(content.entries.length, "key");
    case "opaque":
      return "";
    case "absent":
      return content.problem === "outside"
        ? "Its file lies outside this copy of the configuration."
        : ABSENT[content.problem];
    default:
      return content satisfies never;
  }
}

const ABSENT = {
  missing: "Its file does not exist.",
  unreadable: "Its file cannot be read.",
  "too-large": "Its file is too large to be read here.",
  folder: "Its file is a folder.",
  special: "Its file is no regular file and is not read here.",
  refused: "Its file may not be read from this workspace.",
} as const;
