import type { MailServer } from "../../model/mail-server.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { RuleProblem } from "../rule.ts";
import { problemAt, smtpdLists } from "../smtpd-lists.ts";
import texts from "./words.json" with { type: "json" };

/** What smtpd(8) says of a restriction: while it still works, and once it is gone; and what takes its place. */
interface Words {
  readonly instead: string;
  readonly warns: string;
  readonly gone?: string;
}

interface Fate {
  readonly isGone: boolean;
  readonly instead: string;
  readonly words: string;
  /** The rest of a sentence about it. */
  readonly means: string;
}

const words: ReadonlyMap<string, Words> = new Map(Object.entries(texts));

/** The words of the restriction lists that this release has lost, or those that it warns of and still obeys. */
export function outdatedRestrictions(
  server: MailServer,
  version: PostfixVersion,
  wanted: "gone" | "warned of",
): readonly RuleProblem[] {
  return onceEach(
    smtpdLists(server).flatMap(({ steps }) =>
      steps.flatMap(({ name, word }) => {
        const fate = fateOf(name, version);
        if (fate === null || fate.isGone !== (wanted === "gone")) return [];
        return problemAt(word, {
          message: `${nameInMessage(word.text)} ${fate.means}. Instead, use ${fate.instead}.`,
          postfix: printable(fate.words, word.owner?.file.encoding ?? "bytes"),
        });
      }),
    ),
  );
}

function fateOf(name: string, version: PostfixVersion): Fate | null {
  const own = words.get(name);
  const restriction = restrictionByName(name);
  const known = restriction?.removed ?? restriction?.deprecated ?? null;
  if (own === undefined || known === null || !hasSince(version, known.warnedSince)) return null;
  const { removedIn } = known;
  const { instead, warns, gone } = own;
  if (gone === undefined || removedIn === null) {
    return { isGone: false, instead, words: warns, means: "still works, and a later Postfix will be without it" };
  }
  if (!hasSince(version, removedIn)) {
    return { isGone: false, instead, words: warns, means: `still works, and Postfix ${removedIn} is without it` };
  }
  const means = `is gone since Postfix ${removedIn}: smtpd answers every client that gets here with “Server configuration error”`;
  return { isGone: true, instead, words: gone, means };
}
