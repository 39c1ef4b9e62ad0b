import type { MailServer } from "../../model/mail-server.ts";
import { type Span, span } from "../../text/span.ts";
import { type ConfigPlace, configDocuments } from "./config-documents.ts";
import type { ConfigContext } from "./context.ts";
import { type ConfigSymbol, sameSymbol } from "./symbol.ts";
import { symbolAtOffset, symbolsInFile } from "./symbols-in-file.ts";
import { usesOfPath } from "./table-uses.ts";
import { masterValues } from "./written-values.ts";

const START: Span = span(0, 0);

/** Where what stands at an offset is defined: the definitions of a name (the one that counts first), a table's file, a service's entry. */
export function definition({ document, server }: ConfigContext, offset: number): readonly ConfigPlace[] {
  const symbol = symbolAtOffset(server, document, offset)?.symbol;
  return symbol === undefined ? [] : definitionsOf(server, symbol);
}

function definitionsOf(server: MailServer, { kind, name }: ConfigSymbol): readonly ConfigPlace[] {
  switch (kind) {
    case "parameter": {
      const { file, tree } = server.main;
      const own = tree.definitions.filter((one) => one.name === name).toReversed();
      if (own.length > 0) return own.map(({ nameSpan }) => ({ path: file.path, file, span: nameSpan }));
      const overrides = masterValues(server).filter(({ parameter }) => parameter === name);
      return overrides.map(({ file: master, nameSpan }) => ({ path: master.path, file: master, span: nameSpan }));
    }
    case "service": {
      if (server.master === null) return [];
      const { file, tree } = server.master;
      const services = tree.services.filter((service) => service.name === name);
      // A transport or a socket is no port, even of the same name.
      const local = services.filter(({ type }) => type !== "inet");
      return (local.length > 0 ? local : services).flatMap(({ fields: [first] }) =>
        first === undefined ? [] : [{ path: file.path, file, span: first.span }],
      );
    }
    case "table": {
      if (!name.startsWith("/") && !name.includes("\\")) return [];
      const loaded = [...server.tables.values()].find(({ path }) => path === name)?.content;
      if (loaded?.kind === "absent") return [];
      return [{ path: name, file: loaded !== undefined && "file" in loaded ? loaded.file : null, span: START }];
    }
    case "restriction":
    case "table-type":
      return [];
    default:
      return kind satisfies never;
  }
}

/**
 * All places that name what stands at an offset, in main.cf, master.cf and the tables. In a table, where nothing else is named: the places
 * that name the table.
 */
export function references(context: ConfigContext, offset: number, withDefinitions: boolean): readonly ConfigPlace[] {
  const { document, server } = context;
  const symbol = symbolAtOffset(server, document, offset)?.symbol;
  if (symbol !== undefined) return placesOf(server, symbol, withDefinitions);
  if (document.kind === "main" || document.kind === "master") return [];
  return usesOfPath(server, document.file.path).map(({ where, mention }) => ({
    path: where.file.path,
    file: where.file,
    span: mention.span,
  }));
}

/** All places of a symbol. */
export function placesOf(server: MailServer, symbol: ConfigSymbol, withDefinitions: boolean): readonly ConfigPlace[] {
  return configDocuments(server).flatMap((document) =>
    symbolsInFile(server, document)
      .filter((one) => sameSymbol(one.symbol, symbol) && (withDefinitions || !one.isDefinition))
      .map((one) => ({ path: document.file.path, file: document.file, span: one.span })),
  );
}

/** The places of this document that name what stands at an offset. */
export function highlights(
  { document, server }: ConfigContext,
  offset: number,
): readonly { readonly span: Span; readonly isDefinition: boolean }[] {
  const symbol = symbolAtOffset(server, document, offset)?.symbol;
  if (symbol === undefined) return [];
  return symbolsInFile(server, document).filter((one) => sameSymbol(one.symbol, symbol));
}
