import { joinedText } from "../syntax/lines/joined-text.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../syntax/value/list.ts";
import { effectiveValue, expandIn, ownText } from "./effective.ts";
import type { MailServer } from "./mail-server.ts";
import type { PlacedWord } from "./restrictions.ts";

/** One element of a list parameter and all that it stands for. */
export interface ListWord {
  /** As written in the list itself: a `$name` is not followed, since the other parameter has uses of its own. */
  readonly word: PlacedWord;
  readonly negated: boolean;
  /** What it expands to. */
  readonly values: readonly string[];
}

/** The elements of a list such as `mydestination`; of its default if it is not written anywhere. */
export function listWords(server: MailServer, service: MasterService | null, parameter: string): readonly ListWord[] {
  const value = effectiveValue(server, parameter, service);
  const { owner } = value;
  const list = splitList(owner === null ? joinedText(value.raw ?? "") : ownText(owner));
  return list.elements.map((element) => {
    const expanded = element.text.includes("$") ? (expandIn(server, service, element.content) ?? "") : element.content;
    const values = splitList(joinedText(expanded)).elements.map((one) => one.content);
    const index = owner === null ? null : element.index;
    return {
      word: { text: element.text, owner, index, span: owner === null ? null : element.span },
      negated: element.negated,
      values,
    };
  });
}
