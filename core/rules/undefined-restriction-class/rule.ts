import { effectiveValue } from "../../model/effective.ts";
import { splitList } from "../../syntax/value/list.ts";
import { assignments } from "../assignments.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const undefinedRestrictionClass: Rule = {
  id: "undefined-restriction-class",
  title: "A restriction class without restrictions",
  severity: "error",
  manualUrl: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  check: (server) =>
    assignments(server)
      .filter(({ name }) => name === "smtpd_restriction_classes")
      .flatMap(({ file, service, valueText }) =>
        splitList(valueText)
          .elements.filter(({ text }) => !text.includes("$"))
          .filter(({ text }) => (effectiveValue(server, text, service).expanded ?? "") === "")
          .map(({ text, span }) => ({
            file,
            span,
            message: `Nothing says what the restriction class ${nameInMessage(text)} stands for: smtpd does not start. Write ${nameInMessage(text)} = … with its restrictions.`,
            postfix: printable(`restriction class \`${text}' needs a definition`, file.encoding),
          })),
      ),
};
