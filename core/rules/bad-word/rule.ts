import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Span } from "../../text/span.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { editOffer } from "../edit-offer.ts";
import { remarkFixes } from "../inline-remark.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import words from "./words.json" with { type: "json" };

/** Of each parameter whose program was seen to refuse a wrong word: what it says, and what else it takes besides the words it documents. */
interface Refusal {
  readonly says: string;
  readonly also?: readonly string[];
}

const REFUSALS: ReadonlyMap<string, Refusal> = new Map(Object.entries(words));

export const badWord: Rule = {
  id: "bad-word",
  title: "A word that the parameter does not take",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["string"]).flatMap((one) => {
      if (one.name === "compatibility_level") return badLevel(one);
      const refusal = REFUSALS.get(one.name);
      return refusal === undefined ? [] : badWords(server, one, refusal);
    }),
};

function badWords(server: MailServer, one: CheckedValue, { says, also = [] }: Refusal): readonly RuleProblem[] {
  const { file, name, expanded, parameter } = one;
  const fold = (word: string): string => (parameter.valuesIgnoreCase ? lowerAscii(word) : word);
  const taken = new Set([...parameter.values, ...also].map(fold));
  const given = parameter.valuesMulti
    ? splitList(joinedText(expanded)).elements.map(({ text }) => text)
    : expanded === ""
      ? []
      : [expanded];
  // The program stops at the first one.
  const word = given.find((candidate) => !taken.has(fold(candidate)));
  if (word === undefined) return [];
  const span = placeOf(one, word);
  const meant = didYouMean(word, parameter.values);
  const fix = {
    id: "bad-word/replace",
    title: `Write ${meant ?? ""} instead of ${nameInMessage(word)} in ${baseName(file.path)}`,
    safety: "review",
    cost: "The programs that read it start again, with that setting.",
    reload: true,
  } as const;
  const isPlain = file.text.slice(span.start, span.end) === word;
  return [
    {
      file,
      span,
      message: `${nameInMessage(word)} is no value of ${name}, which takes ${parameter.values.join(", ")}. The programs that read it do not start.`,
      postfix: printable(
        says
          .replaceAll("{name}", () => name)
          .replaceAll("{word}", () => word)
          .replaceAll("{value}", () => expanded),
        file.encoding,
      ),
      fixes: [
        ...remarkFixes(server, "bad-word", one),
        ...(meant === null || !isPlain ? [] : [editOffer(server, fix, file, [{ span, newText: meant }])]),
      ],
    },
  ];
}

function placeOf({ value, valueText, valueSpan, nameSpan }: CheckedValue, word: string): Span {
  if (value === "") return nameSpan;
  return splitList(valueText).elements.find(({ text }) => text === word)?.span ?? valueSpan;
}

/** `major[.minor[.patch]]`. */
function badLevel({ file, name, expanded, nameSpan, value, valueSpan }: CheckedValue): readonly RuleProblem[] {
  const parts = expanded.split(".");
  if (parts.length <= 3 && parts.every(isDigits)) return [];
  return [
    {
      file,
      span: value === "" ? nameSpan : valueSpan,
      message: `${name} is a release such as 3.6: no program of Postfix starts.`,
      postfix: printable(`malformed compatibility level syntax: "${expanded}"`, file.encoding),
    },
  ];
}

function isDigits(text: string): boolean {
  for (const character of text) if (character < "0" || character > "9") return false;
  return text !== "";
}
