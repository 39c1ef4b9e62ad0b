import { isRecord, type JsonRecord } from "./json.ts";

export interface CompletedLock {
  readonly text: string;
  /** Names of the packages that were added. */
  readonly added: readonly string[];
}

const OPERATING_SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "x64"];
const C_LIBRARIES = new Map([
  ["gnu", "glibc"],
  ["gnueabihf", "glibc"],
  ["musl", "musl"],
  ["musleabihf", "musl"],
]);

/**
 * A lock file that names every platform's build of our tools. npm writes only those it could fetch where it ran, and its `ci`
 * then refuses the lock file for being incomplete; a build for another platform is never fetched, so naming it is enough.
 * @throws if the lock file is none, or a platform cannot be told from a package's name.
 */
export function completeLock(text: string): CompletedLock {
  const lock: unknown = JSON.parse(text);
  const packages = isRecord(lock) ? lock["packages"] : undefined;
  if (!isRecord(lock) || !isRecord(packages)) throw new Error("package-lock.json holds no packages");
  const missing = Object.values(packages).flatMap((entry) => (isRecord(entry) ? optionalOf(entry) : []));
  const added = missing.filter(({ name }) => !(`node_modules/${name}` in packages));
  if (added.length === 0) return { text, added: [] };
  const all = { ...packages, ...Object.fromEntries(added.map((one) => [`node_modules/${one.name}`, entryOf(one)])) };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a.localeCompare(b, "en")));
  return { text: `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`, added: added.map(({ name }) => name) };
}

interface OptionalDependency {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

/** Only exact versions: a range is no build of the package that asks for it. */
function optionalOf(entry: JsonRecord): readonly OptionalDependency[] {
  const optional = entry["optionalDependencies"];
  if (!isRecord(optional)) return [];
  return Object.entries(optional).flatMap(([name, version]) =>
    typeof version === "string" && /^\d/.test(version) ? [{ name, version, dev: entry["dev"] === true }] : [],
  );
}

function entryOf({ name, version, dev }: OptionalDependency): JsonRecord {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.map((word) => C_LIBRARIES.get(word)).find((word) => word !== undefined);
  if (os === undefined || cpu === undefined) throw new Error(`for which platform is ${name}?`);
  const platform = {
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
  return { version, ...platform };
}
