import type { MailServer } from "../../model/mail-server.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { Span } from "../../text/span.ts";
import type { ConfigDocument, TableDocument } from "./context.ts";
import { type SymbolAt, symbolsOfValue, wordsOfRow } from "./symbol.ts";
import { rowAt, rowsOf, rowValue } from "./table-rows.ts";
import { roleOf, usesOfPath } from "./table-uses.ts";
import { mainValues, serviceValues } from "./written-values.ts";

/** All places of a file that name something. */
export function symbolsInFile(server: MailServer, document: ConfigDocument): readonly SymbolAt[] {
  switch (document.kind) {
    case "main":
      return mainValues(server).flatMap((where) => symbolsOfValue(server, where));
    case "master":
      return document.tree.services.flatMap((service) => symbolsOfService(server, document, service));
    case "client":
      return [];
    default:
      return symbolsOfTable(server, document, null);
  }
}

/** The smallest place at an offset that names something, its end included: a cursor stands behind the word it means. */
export function symbolAtOffset(server: MailServer, document: ConfigDocument, offset: number): SymbolAt | null {
  const touches = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const candidates = nearby(server, document, offset, touches).filter((one) => touches(one.span));
  return candidates.toSorted((a, b) => length(a.span) - length(b.span))[0] ?? null;
}

function length({ start, end }: Span): number {
  return end - start;
}

/** What the entry at an offset names: the rest of the file need not be looked at. */
function nearby(
  server: MailServer,
  document: ConfigDocument,
  offset: number,
  touches: (at: Span) => boolean,
): readonly SymbolAt[] {
  switch (document.kind) {
    case "main":
      return mainValues(server)
        .filter((where) => touches(where.span))
        .flatMap((where) => symbolsOfValue(server, where));
    case "master":
      return document.tree.services
        .filter((service) => touches(service.span))
        .flatMap((service) => symbolsOfService(server, document, service));
    case "client":
      return [];
    default:
      return symbolsOfTable(server, document, offset);
  }
}

function symbolsOfService(
  server: MailServer,
  document: Extract<ConfigDocument, { readonly kind: "master" }>,
  service: MasterService,
): readonly SymbolAt[] {
  const [name] = service.fields;
  const own: SymbolAt[] =
    name === undefined
      ? []
      : [{ symbol: { kind: "service", name: service.name }, span: name.span, isDefinition: service.type !== "inet" }];
  return [
    ...own,
    ...serviceValues(document.file, service)
      .flatMap((where) => symbolsOfValue(server, where))
      // An `-o` sets a parameter for one service: it is no definition of the name.
      .map((one) => (one.symbol.kind === "parameter" && one.isDefinition ? { ...one, isDefinition: false } : one)),
  ];
}

function symbolsOfTable(server: MailServer, document: TableDocument, offset: number | null): readonly SymbolAt[] {
  const role = roleOf(usesOfPath(server, document.file.path), document.file.path);
  if (role !== "access" && role !== "transport" && role !== "checks") return [];
  const classes = restrictionClasses(server, null);
  const services = new Set(server.master?.tree.services.map(({ name }) => name) ?? []);
  const found: SymbolAt[] = [];
  const here = offset === null ? null : rowAt(document, offset);
  for (const row of offset === null ? rowsOf(document) : here === null ? [] : [here]) {
    const words = wordsOfRow(rowValue(row));
    const [first] = words;
    if (first === undefined) continue;
    const second = words[1];
    const isFilter = first.word.toUpperCase() === "FILTER";
    const transport = role === "transport" ? first : isFilter ? second : undefined;
    if (transport !== undefined && services.has(transport.word)) {
      found.push({ symbol: { kind: "service", name: transport.word }, span: transport.span, isDefinition: false });
    }
    if (role !== "access" || isFilter) continue;
    for (const { word, span } of words) {
      if (classes.has(word)) found.push({ symbol: { kind: "parameter", name: word }, span, isDefinition: false });
    }
  }
  return found;
}
