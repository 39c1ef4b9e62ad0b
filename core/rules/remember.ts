import { oncePer } from "../memory/remember.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";

/** A function that works each answer out once for an object and a release. */
export function oncePerRelease<Key extends object, Answer>(
  workOut: (key: Key, version: PostfixVersion) => Answer,
): (key: Key, version: PostfixVersion) => Answer {
  const answersOf = oncePer((_key: Key) => new Map<string, { readonly answer: Answer }>());
  return (key, version) => {
    const known = answersOf(key);
    const release = releaseKey(version);
    const before = known.get(release) ?? { answer: workOut(key, version) };
    known.set(release, before);
    return before.answer;
  };
}

/** A function that works each answer out once for a release; there are a few dozen of them. */
export function onceEachRelease<Answer>(
  workOut: (version: PostfixVersion) => Answer,
): (version: PostfixVersion) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  // The rules ask thousands of times after each keystroke, and always about the same object.
  let last: { readonly version: PostfixVersion; readonly answer: Answer } | null = null;
  return (version) => {
    if (last?.version === version) return last.answer;
    const release = releaseKey(version);
    const { answer } = answers.get(release) ?? { answer: workOut(version) };
    if (answers.size < MOST_RELEASES) answers.set(release, { answer });
    last = { version, answer };
    return answer;
  };
}

/** Whoever names more than there are has them from a fuzzer. */
const MOST_RELEASES = 200;

/** One and the same text for one version. */
const releaseKey = oncePer(({ major, minor, patch }: PostfixVersion): string => `${major}.${minor}.${patch}`);
