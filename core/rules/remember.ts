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

/** A function that works each answer out once, as long as it lives itself. */
export function onceEachWord<Answer>(workOut: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (word) => {
    const known = answers.get(word) ?? { answer: workOut(word) };
    answers.set(word, known);
    return known.answer;
  };
}
