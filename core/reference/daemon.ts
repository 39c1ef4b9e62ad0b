import facts from "../generated/master.json" with { type: "json" };
import { type FactRow, factFlag, factNumber, factRows, factSince, factText, factTexts } from "./fact-row.ts";
import { manualPageUrl } from "./manual-url.ts";

/** A column of a service line in master.cf. */
export interface MasterField {
  /** 0 for the first. */
  readonly index: number;
  readonly name: string;
  /** The words it takes; empty where it takes others. */
  readonly values: readonly string[];
  /** What `-` means; null where `-` is not allowed. */
  readonly default: string | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string;
}

/** A program that master(8) starts. */
export interface Daemon {
  readonly name: string;
  /** Names of services it also runs under: `bounce` runs as `bounce`, `defer` and `trace`. */
  readonly services: readonly string[];
  /** Rules for its master.cf line, with the fatal message it prints else. */
  readonly constraints: readonly DaemonConstraint[];
  readonly arguments: readonly DaemonArgument[];
  readonly since: string | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string;
}

export interface DaemonConstraint {
  readonly rule: string;
  readonly log: string;
}

/** An argument such as `flags=` of pipe(8). */
export interface DaemonArgument {
  readonly name: string;
  readonly isRequired: boolean;
  readonly values: readonly string[];
}

/** In the order of the columns. */
export const masterFields: readonly MasterField[] = factRows(facts.fields).map((row) => ({
  index: factNumber(row, "index") ?? 0,
  name: factText(row, "name") ?? "",
  values: factTexts(row, "values"),
  default: factText(row, "default"),
  description: factText(row, "description") ?? "",
  manualUrl: manualPageUrl("master.5"),
}));

/** Ordered by name. */
export const daemons: readonly Daemon[] = factRows(facts.daemons).map(toDaemon);

/** A daemon by the name of its program or of a service it runs as; null for programs of others. */
export function daemonByName(name: string): Daemon | null {
  return (
    daemons.find((daemon) => daemon.name === name) ?? daemons.find((daemon) => daemon.services.includes(name)) ?? null
  );
}

export function masterFieldAt(index: number): MasterField | null {
  return masterFields.find((field) => field.index === index) ?? null;
}

function toDaemon(row: FactRow): Daemon {
  const name = factText(row, "name") ?? "";
  return {
    name,
    services: factTexts(row, "services"),
    constraints: factRows(row["constraints"]).map((constraint) => ({
      rule: factText(constraint, "rule") ?? "",
      log: factText(constraint, "log") ?? "",
    })),
    arguments: factRows(row["arguments"]).map((argument) => ({
      name: factText(argument, "name") ?? "",
      isRequired: factFlag(argument, "required"),
      values: factTexts(argument, "values"),
    })),
    since: factSince(row),
    description: factText(row, "description") ?? "",
    manualUrl: manualPageUrl(factText(row, "man") ?? `${name}.8`),
  };
}
