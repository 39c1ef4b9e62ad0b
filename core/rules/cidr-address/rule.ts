import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { withoutHostBits } from "../network-text.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { tableProblems } from "../table-problems.ts";

const SKIPPING = ": skipping this rule";

export const cidrAddress: Rule = {
  id: "cidr-address",
  title: "An address in a cidr table that is none",
  severity: "error",
  manualUrl: "https://www.postfix.org/cidr_table.5.html",
  check: (server) =>
    tableProblems(server, ["bad-network", "host-bits"]).map(({ file, problem: { span }, text }) => {
      const clean = withoutHostBits(text);
      const fix = {
        id: "cidr-address/clean",
        title: `Write ${clean ?? ""} instead of ${nameInMessage(text)}`,
        safety: "review",
        cost: "The rule had no effect so far; now it holds for the whole network.",
        reload: true,
      } as const;
      return {
        file,
        span,
        message:
          clean === null
            ? `${text === "" ? "There" : nameInMessage(text)} is no address or network: Postfix skips this rule.`
            : `${nameInMessage(text)} has bits set behind its prefix: Postfix skips this rule. The network is ${clean}.`,
        postfix: printable(`${wordsFor(text, clean)}${SKIPPING}`, file.encoding),
        fixes: clean === null ? [] : [editOffer(server, fix, file, [{ span, newText: clean }])],
      };
    }),
};

function wordsFor(text: string, clean: string | null): string {
  if (text === "") return "no address pattern";
  if (clean !== null) return `non-null host address bits in "${text}", perhaps you should use "${clean}" instead`;
  const slash = text.indexOf("/");
  const mask = slash === -1 ? "" : text.slice(slash + 1);
  if (slash !== -1 && (mask === "" || !isDigits(mask))) return `bad mask value in "${text}"`;
  const longest = text.includes(":") ? 128 : 32;
  if (mask !== "" && (mask.length > 3 || Number(mask) > longest)) return `bad mask length in "${text}"`;
  if (slash !== -1) return `bad network value in "${text}"`;
  return `bad address pattern: "${text}"`;
}

function isDigits(text: string): boolean {
  for (const character of text) if (character < "0" || character > "9") return false;
  return true;
}
