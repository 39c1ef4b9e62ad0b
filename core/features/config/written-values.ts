import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import type { JoinedText } from "../../syntax/lines/joined-text.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { Span } from "../../text/span.ts";

/** A parameter's value where it is written: a definition of main.cf or an `-o` of master.cf. */
export interface WrittenValue {
  readonly parameter: string;
  readonly nameSpan: Span;
  readonly value: JoinedText;
  readonly file: SourceFile;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** The service of an `-o`; null in main.cf. */
  readonly service: MasterService | null;
}

export function mainValues(server: MailServer): readonly WrittenValue[] {
  const { file, tree } = server.main;
  return tree.definitions.map(({ name, nameSpan, valueText, valueSpan }) => ({
    parameter: name,
    nameSpan,
    value: valueText,
    file,
    span: { start: nameSpan.start, end: valueSpan.end },
    service: null,
  }));
}

export function serviceValues(file: SourceFile, service: MasterService): readonly WrittenValue[] {
  return service.overrides.map(({ name, nameSpan, valueText, span }) => ({
    parameter: name,
    nameSpan,
    value: valueText,
    file,
    span,
    service,
  }));
}

export function masterValues(server: MailServer): readonly WrittenValue[] {
  const { master } = server;
  return master === null ? [] : master.tree.services.flatMap((service) => serviceValues(master.file, service));
}

/** All values of a configuration, main.cf first, in the order of the files. */
export function writtenValues(server: MailServer): readonly WrittenValue[] {
  return [...mainValues(server), ...masterValues(server)];
}
