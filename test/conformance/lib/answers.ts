import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { runCommand } from "../../../scripts/lib/run-command.ts";

/**
 * The protocol's published meta-model, as types. `metaModel.json` itself is in none of the published packages (they hold its schema only); it
 * is made from the very declarations that these types read: which method answers what, which properties are required, which literals and
 * numbers an enumeration has. `Exact` is as strict as the meta-model where TypeScript is not: a property of one member of a union is none of
 * another's, and an interface that lets others add to it (`[custom: string]`) knows no more than what it declares.
 */
const PROTOCOL = `import type * as lsp from "vscode-languageserver-protocol";

type Known<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: 1 };
type KeysOf<T> = T extends unknown ? Known<T> : never;
type Records<T> = T extends readonly unknown[] ? never : T extends object ? T : never;
type ExactOf<T, All> = T extends readonly (infer E)[]
  ? Exact<E>[]
  : T extends object
    ? [Known<T>] extends [never]
      ? { [K in keyof T]: Exact<T[K]> }
      : { [K in keyof T as K extends Known<T> ? K : never]: Exact<T[K]> } & { [K in Exclude<KeysOf<All>, Known<T>>]?: never }
    : T;
type Exact<T> = ExactOf<T, Records<T>>;

type Declared = { [K in keyof typeof lsp]: (typeof lsp)[K] extends { method: infer M; type: infer T } ? [M, T] : never }[keyof typeof lsp];
type TypeOf<M> = Declared extends infer D ? (D extends [M, infer T] ? T : never) : never;
type Result<T> = T extends lsp.ProtocolRequestType<infer _P, infer R, infer _PR, infer _E, infer _RO> ? R : T extends lsp.ProtocolRequestType0<infer R, infer _PR, infer _E, infer _RO> ? R : never;
type Params<T> = T extends lsp.ProtocolRequestType<infer P, infer _R, infer _PR, infer _E, infer _RO> ? P : T extends lsp.ProtocolNotificationType<infer P, infer _RO> ? P : undefined;
type Nullable<R> = [R] extends [never] ? never : [R] extends [void] ? null : R;
export type Answer<M extends string> = Exact<Nullable<Result<TypeOf<M>>>>;
export type Sent<M extends string> = Exact<Params<TypeOf<M>>>;
`;

/** Longer lists say the same again. */
const LONGEST = 40;

/** Answers of a server, to be held against the protocol. */
export interface Answers {
  /** What came back for a request. */
  add(method: string, answer: unknown): void;
  /** The parameters of a request or notification that the server sent by itself. */
  addSent(method: string, params: unknown): void;
  /** How many of each method. */
  counts(): ReadonlyMap<string, number>;
  /** What is wrong with them; empty if nothing is. `name` of a folder for the work. */
  check(name: string): Promise<string>;
}

export function createAnswers(): Answers {
  const kept = new Map<string, Set<string>>();
  const values: string[] = [];
  const keep = (type: string, method: string, value: unknown): void => {
    values.push(...badValues(value, method));
    const all = kept.get(`${type}<${JSON.stringify(method)}>`) ?? new Set<string>();
    kept.set(`${type}<${JSON.stringify(method)}>`, all.add(JSON.stringify(shortened(value)) ?? "undefined"));
  };
  return {
    add: (method, answer) => keep("Answer", method, answer),
    addSent: (method, params) => keep("Sent", method, params),
    counts: () => new Map([...kept].map(([type, all]) => [type.split('"')[1] ?? type, all.size])),
    async check(name) {
      return [...values, await compile(name, sourceOf(kept))].filter((line) => line !== "").join("\n");
    },
  };
}

/** A literal of its own for each: properties that the protocol does not know are errors too. */
function sourceOf(kept: ReadonlyMap<string, ReadonlySet<string>>): string {
  const literals = [...kept].flatMap(([type, all]) => [...all].map((json) => `: ${type} = ${json};`));
  return [PROTOCOL, ...literals.map((literal, index) => `export const value${index}${literal}`), ""].join("\n");
}

/** TypeScript's word on the answers: the protocol's types are its published ones. */
async function compile(name: string, source: string): Promise<string> {
  const folder = inRoot("out", "conformance", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    module: "nodenext",
    types: [],
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  await writeFile(join(folder, "answers.ts"), source);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["answers.ts"] }));
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const { code, output } = await runCommand(process.execPath, [tsc, "-p", folder], { quiet: true });
  return code === 0 ? "" : output.slice(0, 4000);
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LONGEST).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shortened(field)]));
}

/** What TypeScript has no types for: every number of the protocol that we send is a `uinteger`, and a URI is one. */
function badValues(value: unknown, at: string): readonly string[] {
  if (typeof value === "number")
    return Number.isInteger(value) && value >= 0 && value <= 2_147_483_647 ? [] : [`${at}: ${value}`];
  if (typeof value === "string")
    return /[.](?:uri|targetUri)$/u.test(at) && !URL.canParse(value) ? [`${at}: ${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => badValues(field, `${at}.${key}`));
}
