/** A Postfix release: `3.7` is its series, `patch` counts within it. Development snapshots count as the release they lead to. */
export interface PostfixVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** What was read before. The fact tables name a few dozen releases, and each is asked about for every parameter. */
const known = new Map<string, PostfixVersion | null>();
const MOST_KNOWN = 500;

/** Reads `3.7.11`, `3.7` or `3.12-20260821`; null for anything else. */
export function parsePostfixVersion(text: string): PostfixVersion | null {
  const before = known.get(text);
  if (before !== undefined) return before;
  const version = readVersion(text);
  if (known.size < MOST_KNOWN && text.length < 40) known.set(text, version);
  return version;
}

function readVersion(text: string): PostfixVersion | null {
  const [release = ""] = text.trim().split("-");
  const parts = release.split(".");
  if (parts.length < 2 || parts.length > 3 || !parts.every(isNumber)) return null;
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  return { major, minor, patch };
}

/** Negative if `a` is older than `b`, 0 if they are the same, else positive. */
export function compareVersions(a: PostfixVersion, b: PostfixVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/**
 * Whether a release has what came with `since` or was carried back to the patch releases in `backportedTo`.
 * `since` null: it has always been there.
 */
export function hasSince(version: PostfixVersion, since: string | null, backportedTo: readonly string[] = []): boolean {
  const first = since === null ? null : parsePostfixVersion(since);
  if (first === null || compareVersions(version, first) >= 0) return true;
  return backportedTo.some((text) => {
    const backport = parsePostfixVersion(text);
    return (
      backport !== null &&
      backport.major === version.major &&
      backport.minor === version.minor &&
      version.patch >= backport.patch
    );
  });
}

function isNumber(text: string): boolean {
  if (text === "" || text.length > 8) return false;
  for (const character of text) if (character < "0" || character > "9") return false;
  return true;
}
