import { splitList } from "../../syntax/value/list.ts";
import { assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import { withoutHostBits } from "../network-text.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const networkHostBits: Rule = {
  id: "network-host-bits",
  title: "A network in a list with bits behind its prefix",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html#mynetworks",
  check: (server, { postfixVersion }) =>
    assignments(server)
      .filter(({ name }) => knownParameter(server, name, postfixVersion)?.kind === "address_match_list")
      .flatMap(({ file, name, valueText }) =>
        splitList(valueText).elements.flatMap(({ content, contentSpan }) => {
          const clean = withoutHostBits(content);
          if (clean === null) return [];
          const written = content.startsWith("[") ? `[${clean.replace("/", "]/")}` : clean;
          const fix = {
            id: "network-host-bits/clean",
            title: `Write ${written} instead of ${nameInMessage(content)} for ${name}`,
            safety: "review",
            cost: "The whole network is a member of the list then; so far every question to the list failed.",
            reload: true,
          } as const;
          return [
            {
              file,
              span: contentSpan,
              message: `${nameInMessage(content)} has bits set behind its prefix: whoever asks this list gets an error, and mail is deferred.`,
              postfix: printable(
                `${name}: non-null host address bits in "${content.replace("[", "").replace("]", "")}", perhaps you should use "${clean}" instead`,
                file.encoding,
              ),
              fixes: [editOffer(server, fix, file, [{ span: contentSpan, newText: written }])],
            },
          ];
        }),
      ),
};
