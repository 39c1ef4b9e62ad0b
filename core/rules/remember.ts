import type { PostfixVersion } from "../reference/postfix-version.ts";

/**
 * A function that works each answer out once per configuration: the rules ask the same questions of one snapshot again and again.
 * Answers go with the snapshot they belong to.
 */
export function oncePer<Key extends object, Answer>(workOut: (key: Key) => Answer): (key: Key) => Answer {
  const answers = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known.answer;
    const answer = workOut(key);
    answers.set(key, { answer });
    return answer;
  };
}

/** The same for answers that the release decides too. */
export function oncePerRelease<Key extends object, Answer>(
  workOut: (key: Key, version: PostfixVersion) => Answer,
): (key: Key, version: PostfixVersion) => Answer {
  const answers = new WeakMap<Key, Map<string, { readonly answer: Answer }>>();
  return (key, version) => {
    const known = answers.get(key) ?? new Map<string, { readonly answer: Answer }>();
    answers.set(key, known);
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
  return (version) => {
    const release = releaseKey(version);
    const known = answers.get(release) ?? { answer: workOut(version) };
    if (answers.size < MOST_RELEASES) answers.set(release, known);
    return known.answer;
  };
}

/** Whoever names more than there are has them from a fuzzer. */
const MOST_RELEASES = 200;

/** One and the same text for one version: the rules ask thousands of times after each keystroke. */
const releaseKey = oncePer(({ major, minor, patch }: PostfixVersion): string => `${major}.${minor}.${patch}`);

/** A function that works each answer out once, as long as it lives itself. */
export function onceEachWord<Answer>(workOut: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (word) => {
    const known = answers.get(word) ?? { answer: workOut(word) };
    answers.set(word, known);
    return known.answer;
  };
}
