import type { MailServer } from "../../model/mail-server.ts";
import type { MasterFieldName } from "../../syntax/master-cf/parse-master-cf.ts";
import { masterProblems, type PlacedProblem } from "../master-problems.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable, quotedLine } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const fieldValue: Rule = {
  id: "field-value",
  title: "A column of master.cf with a value it does not take",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server) =>
    wholeEntries(server).map(({ file, problem, service }): RuleProblem => {
      const field = service?.fields.find(({ span }) => span.start === problem.span.start);
      if (service === null || field === undefined) {
        return {
          file,
          span: problem.span,
          message: "This column does not take such a value, so Postfix refuses the whole file.",
        };
      }
      const name = POSTFIX_NAMES[field.field];
      const words = `invalid ${name} field "${field.text}" in "${quotedLine(service.joined.text)}"`;
      return {
        file,
        span: problem.span,
        message: `“${nameInMessage(field.text)}” is no value of the column ${name}, which takes ${TAKES[field.field]}. Postfix refuses the whole file.`,
        postfix: printable(words, file.encoding),
      };
    }),
};

/** Postfix counts the columns first; where one is missing, the others stand in wrong places. */
function wholeEntries(server: MailServer): readonly PlacedProblem[] {
  const isShort = new Set(masterProblems(server, ["too-few-fields"]).map(({ problem }) => problem.line));
  return masterProblems(server, ["bad-field"]).filter(({ problem }) => !isShort.has(problem.line));
}

/** What Postfix's messages call the columns. */
const POSTFIX_NAMES: Readonly<Record<MasterFieldName, string>> = {
  service: "service",
  type: "type",
  private: "private",
  unprivileged: "unprivileged",
  chroot: "chroot",
  wakeup: "wakeup",
  maxproc: "process_limit",
  command: "command",
};

const TAKES: Readonly<Record<MasterFieldName, string>> = {
  service: "a name, or host:port",
  type: "inet, unix, unix-dgram, fifo or pass",
  private: "-, y or n",
  unprivileged: "-, y or n",
  chroot: "-, y or n",
  wakeup: "- or a number of seconds, perhaps with a ?",
  maxproc: "- or a number",
  command: "the name of a program",
};
