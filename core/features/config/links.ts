import { resolveConfigurationPath } from "../../model/configuration-paths.ts";
import { expandIn } from "../../model/effective.ts";
import { manualPageUrl } from "../../reference/manual-url.ts";
import type { LineTree } from "../../syntax/lines/logical-lines.ts";
import { splitList } from "../../syntax/value/list.ts";
import { isAlnumCode, isDigitCode } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import manualPages from "../manual-pages.json" with { type: "json" };
import type { ConfigContext, ConfigDocument } from "./context.ts";
import { usesIn } from "./table-uses.ts";
import { valueUse } from "./value-use.ts";
import { mainValues, masterValues, type WrittenValue } from "./written-values.ts";

/** A place that leads somewhere: to a file here, or to a page of the manual. */
export interface Link {
  readonly span: Span;
  readonly target: { readonly kind: "file"; readonly path: string } | { readonly kind: "page"; readonly url: string };
}

const MOST = 5000;

/** Files and tables that values name, and pages of the manual that comments mention. */
export function links({ document, server }: ConfigContext): readonly Link[] {
  const values = document.kind === "main" ? mainValues(server) : document.kind === "master" ? masterValues(server) : [];
  const files = values.flatMap((where) => [...tableLinks(server, where), ...fileLinks(server, where)]);
  const includes = document.kind === "indexed" ? includeLinks(server, document) : [];
  return [...files, ...includes, ...manualLinks(document.file.text, document.tree.lines)].slice(0, MOST);
}

type Server = ConfigContext["server"];

function tableLinks(server: Server, where: WrittenValue): readonly Link[] {
  return usesIn(server, where).flatMap(({ mention, path }) =>
    path === null ? [] : [{ span: mention.nameSpan, target: { kind: "file", path } as const }],
  );
}

/** Certificates, templates and other files a parameter names. Folders are not opened. */
function fileLinks(server: Server, where: WrittenValue): readonly Link[] {
  if (!where.value.text.includes("/")) return [];
  const use = valueUse(server, where.parameter);
  const isFile = use === "path" ? !NO_FILE.some((end) => where.parameter.endsWith(end)) : use === "tables";
  if (!isFile) return [];
  return splitList(where.value).elements.flatMap(({ content, contentSpan }): readonly Link[] => {
    const isAbsolute = content.startsWith("/") || content.startsWith("$");
    const expanded = isAbsolute && !content.includes(":") ? expandIn(server, where.service, content) : null;
    const path = expanded === null ? null : resolveConfigurationPath(server.directory, server.isCopy, expanded);
    return path === null || !path.startsWith("/") || path === "/"
      ? []
      : [{ span: contentSpan, target: { kind: "file", path } }];
  });
}

const NO_FILE = ["_directory", "_directories", "_CApath", "_path"];

/** `:include:/path` of aliases(5). */
function includeLinks(
  server: Server,
  document: Extract<ConfigDocument, { readonly kind: "indexed" }>,
): readonly Link[] {
  const { text } = document.tree;
  const found: Link[] = [];
  for (let at = text.indexOf(INCLUDE); at !== -1 && found.length < MOST; at = text.indexOf(INCLUDE, at + 1)) {
    const start = at + INCLUDE.length;
    let end = start;
    while (end < text.length && !' \t\r\n,"'.includes(text.charAt(end))) end += 1;
    const path = resolveConfigurationPath(server.directory, server.isCopy, text.slice(start, end));
    if (path !== null && path !== "/") found.push({ span: span(start, end), target: { kind: "file", path } });
  }
  return found;
}

const INCLUDE = ":include:";

const PAGES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(manualPages));

/** `postconf(5)` in a comment. */
function manualLinks(text: string, { nodes }: LineTree): readonly Link[] {
  const found: Link[] = [];
  for (const node of nodes) {
    for (const line of node.kind === "logical" ? node.line.lines : [node.line]) {
      if (line.kind !== "comment") continue;
      for (
        let at = text.indexOf("(", line.content.start);
        at !== -1 && at < line.content.end;
        at = text.indexOf("(", at + 1)
      ) {
        if (!isDigitCode(text.charCodeAt(at + 1)) || text.charAt(at + 2) !== ")") continue;
        let start = at;
        while (start > line.content.start && isPageCode(text.charCodeAt(start - 1))) start -= 1;
        const name = text.slice(start, at);
        const section = text.charAt(at + 1);
        if (PAGES.get(section)?.includes(name) !== true) continue;
        found.push({ span: span(start, at + 3), target: { kind: "page", url: manualPageUrl(`${name}.${section}`) } });
      }
      if (found.length >= MOST) return found;
    }
  }
  return found;
}

function isPageCode(code: number): boolean {
  return isAlnumCode(code) || code === 95 || code === 45;
}
