import { oncePer } from "../../memory/remember.ts";
import { trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type LogicalLine, parseLogicalLines, printLogicalLines } from "../lines/logical-lines.ts";
import { isBadField } from "./master-field.ts";
import type {
  MasterCf,
  MasterCfProblem,
  MasterCfProblemKind,
  MasterField,
  MasterFieldName,
  MasterService,
  Override,
} from "./master-node.ts";
import { readMasterOptions } from "./master-options.ts";
import { splitMasterWords } from "./master-word.ts";

export type {
  MasterCf,
  MasterCfProblem,
  MasterCfProblemKind,
  MasterField,
  MasterFieldName,
  MasterService,
  Override,
} from "./master-node.ts";
export type { MasterWord } from "./master-word.ts";

const FIELDS: readonly MasterFieldName[] = [
  "service",
  "type",
  "private",
  "unprivileged",
  "chroot",
  "wakeup",
  "maxproc",
  "command",
];

type Report = (kind: MasterCfProblemKind, at: Span) => void;

function parseService(line: LogicalLine, report: Report): MasterService {
  const { joined } = line;
  const nul = joined.text.indexOf("\0");
  if (nul !== -1) report("nul", documentSpan(joined, nul, nul + 1));
  const words = splitMasterWords(joined, FIELDS.length, nul === -1 ? joined.text.length : nul);
  const fields: MasterField[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const word = words[index];
    if (word === undefined) break;
    fields.push({ ...word, field });
    if (isBadField(field, word.text)) report("bad-field", word.span);
  }
  if (fields.length < FIELDS.length) report("too-few-fields", documentSpan(joined, 0, trimmedEnd(joined.text, 0)));
  const args = words.slice(FIELDS.length);
  const path = fields[7]?.text ?? "";
  const command = path.slice(path.lastIndexOf("/") + 1);
  const { overrides, optionCount } = readMasterOptions(joined, args, command, report);
  return {
    name: fields[0]?.text ?? "",
    type: fields[1]?.text ?? "",
    command,
    fields,
    arguments: args,
    optionCount,
    overrides,
    line: line.number,
    span: line.span,
    joined,
  };
}

/** Parse a master.cf (master(5)). Any text parses; what the programs would refuse or misread is a problem. */
export function parseMasterCf(text: string): MasterCf {
  const lines = parseLogicalLines(text);
  const services: MasterService[] = [];
  const problems: MasterCfProblem[] = [];
  const seen = new Set<string>();
  for (const node of lines.nodes) {
    if (node.kind !== "logical") continue;
    const { line } = node;
    const report: Report = (kind, at) => problems.push({ kind, span: at, line: line.number });
    if (line.indented) {
      report("leading-whitespace", documentSpan(line.joined, 0, trimmedEnd(line.joined.text, 0)));
      continue;
    }
    const service = parseService(line, report);
    const first = service.fields[0];
    if (first === undefined) continue;
    services.push(service);
    const key = `${service.name}\0${service.type}`;
    if (service.fields.length === FIELDS.length && seen.has(key)) report("duplicate-service", first.span);
    seen.add(key);
  }
  return { text, lines, services, problems };
}

/** The text a tree was parsed from. */
export function printMasterCf(tree: MasterCf): string {
  return printLogicalLines(tree.lines);
}

/** So few are looked through faster than an index is made. */
const FEW = 8;
const lastOverrides = oncePer(
  ({ overrides }: MasterService): ReadonlyMap<string, Override> =>
    new Map(overrides.map((override) => [override.name, override])),
);

/** The override that counts: the last one of that name. */
export function effectiveOverride(service: MasterService, name: string): Override | null {
  if (service.overrides.length < FEW) return service.overrides.findLast((override) => override.name === name) ?? null;
  return lastOverrides(service).get(name) ?? null;
}
