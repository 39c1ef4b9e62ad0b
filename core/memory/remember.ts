/**
 * A function that works each answer out once for an object: features and rules ask the same questions of one snapshot again and again. Answers go with the
 * object they belong to.
 *
 * An answer is a hidden field of the object, not an entry of a WeakMap: V8's collector of young objects takes the values of a WeakMap for alive, so an answer
 * that leads back to its object would keep both until the next full collection, and with a configuration made anew at each keystroke that is a pause at every
 * few of them.
 * @param workOut pure; may ask for the answer about another object, not about its own
 */
export function oncePer<Key extends object, Answer>(workOut: (key: Key) => Answer): (key: Key) => Answer {
  class Noted extends Given {
    readonly #answer: Answer;

    constructor(key: Key, answer: Answer) {
      super(key);
      this.#answer = answer;
    }

    static about(key: Key): Answer {
      return #answer in key ? key.#answer : new Noted(key, workOut(key)).#answer;
    }
  }
  return (key) => Noted.about(key);
}

/** Constructs no object but hands back the one it is given, so that the fields of a class that extends it become fields of that one. */
// oxlint-disable-next-line typescript/no-extraneous-class -- only a class can be extended
class Given {
  constructor(object: object) {
    return object;
  }
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

const MOST_TEXTS = 2000;
/** The longest default, that of `proxy_read_maps`, has 2,660 characters. */
const LONGEST_TEXT = 4000;

/**
 * A function that knows its answers about the texts it was lately asked about: values of a configuration, which are the same at each keystroke but for one.
 * It forgets all of them when there are too many, and keeps none about a long text.
 */
export function lately<Answer>(workOut: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    if (text.length > LONGEST_TEXT) return workOut(text);
    const kept = apart(text);
    const answer = workOut(kept);
    if (answers.size >= MOST_TEXTS) answers.clear();
    answers.set(kept, { answer });
    return answer;
  };
}

/** One and the same text for equal ones, in memory of its own: such texts are found and compared faster than pieces cut out of a file. A long one comes back as it is. */
export const oneText: (text: string) => string = lately((text) => text);

/**
 * The same text in memory of its own. V8 makes of a slice a view of the whole text it was cut from, so one value that is kept would keep the whole file it stood in,
 * and after some editing a thousand versions of it.
 */
function apart(text: string): string {
  return ` ${text}`.slice(1);
}
