import type { Because } from "../catalogue/because.ts";
import type { TextLine } from "../log/text-line.ts";
import { ownId } from "../trace/queue-id.ts";
import { elapsed } from "./elapsed.ts";
import { programOfService, type Services } from "./service-program.ts";

/** What an earlier line must show to be the cause of a line under one rule. */
export interface Tie {
  readonly rule: Because;
  /** Stands in the text of every such line: the others need not be read. */
  readonly needle: string;
  isShownBy(earlier: TextLine): boolean;
}

/** The rule as it holds for this line; null where it does not, or the line lacks what it goes by. */
export function tieOf(rule: Because, line: TextLine, services: Services): Tie | null {
  if (rule.for.length > 0 && !rule.for.includes(line.template?.templateId ?? "")) return null;
  for (const [field, value] of Object.entries(rule.where)) if (fieldOf(line, field) !== value) return null;
  const demand = demandOf(rule, line, services);
  if (demand === null) return null;
  return {
    rule,
    needle: demand.needle,
    isShownBy: (earlier) =>
      (earlier.host?.value ?? null) === (line.host?.value ?? null) &&
      demand.isMet(earlier) &&
      rule.same.every((field) => fieldOf(earlier, field) === fieldOf(line, field)) &&
      isInTime(rule, earlier, line),
  };
}

interface Demand {
  readonly needle: string;
  isMet(earlier: TextLine): boolean;
}

function demandOf(rule: Because, line: TextLine, services: Services): Demand | null {
  switch (rule.by) {
    case "process": {
      const { pid } = line;
      if (pid === null) return null;
      return {
        needle: String(pid),
        isMet: (earlier) => earlier.pid === pid && earlier.program?.value === line.program?.value,
      };
    }
    case "named process": {
      const pid = Number(fieldOf(line, "pid") ?? Number.NaN);
      const program = programOfService(fieldOf(line, "path") ?? "", NO_SERVICES);
      if (!Number.isInteger(pid)) return null;
      return {
        needle: String(pid),
        isMet: (earlier) => earlier.pid === pid && (program === "" || earlier.daemon === program),
      };
    }
    case "queue id": {
      const id = ownId(line.message.value);
      return id === null ? null : { needle: id, isMet: (earlier) => ownId(earlier.message.value) === id };
    }
    default: {
      const named = serviceOf(rule, line);
      return named === null ? null : serviceDemand(programOfService(named, services));
    }
  }
}

function serviceDemand(program: string): Demand | null {
  if (program === "") return null;
  // master speaks of a program by its path: `process /usr/lib/postfix/sbin/smtp pid 4711 killed by signal 9`.
  const isAbout = (earlier: TextLine): boolean =>
    earlier.daemon === "master" && programOfService(fieldOf(earlier, "path") ?? "", NO_SERVICES) === program;
  return { needle: program, isMet: (earlier) => earlier.daemon === program || isAbout(earlier) };
}

const NO_SERVICES: Services = new Map();

/** `trivial-rewrite`, or what stands in the field for `{field}`. */
function serviceOf({ service }: Because, line: TextLine): string | null {
  return service?.startsWith("{") === true ? fieldOf(line, service.slice(1, -1)) : service;
}

function fieldOf(line: TextLine, field: string): string | null {
  return line.template?.fields[field]?.value ?? line.entry?.fields[field]?.value ?? null;
}

/** Without times a process and a queue id still tie two lines; a service alone does not. */
function isInTime(rule: Because, earlier: TextLine, line: TextLine): boolean {
  const ms = elapsed(earlier.time, line.time);
  return ms === null ? rule.by !== "service" : Math.abs(ms) <= rule.within * 1000;
}
