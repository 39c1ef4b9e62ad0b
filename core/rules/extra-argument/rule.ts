import type { MailServer } from "../../model/mail-server.ts";
import { textOf } from "../../text/span.ts";
import { masterProblems, type PlacedProblem } from "../master-problems.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

/** Programs that take arguments of their own refuse them in other words. */
const OTHER_WORDS = new Set(["pipe", "spawn", "smtp", "lmtp", "local", "virtual"]);

export const extraArgument: Rule = {
  id: "extra-argument",
  title: "A word in master.cf that the program does not take",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server) =>
    extraWords(server).map(({ file, problem, service }) => {
      const word = service?.arguments.find(({ span }) => span.start === problem.span.start)?.text;
      const text = word ?? textOf(file.text, problem.span);
      const isPlain = service !== null && !OTHER_WORDS.has(service.command);
      return {
        file,
        span: problem.span,
        message:
          problem.kind === "comment-argument"
            ? "master.cf knows no remark behind other text: the program gets these words as arguments and cannot start."
            : `“${nameInMessage(text)}” stands alone: a -o value ends at the first space, unless braces hold it together. The program cannot start.`,
        ...(isPlain ? { postfix: printable(`unexpected command-line argument: ${text}`, file.encoding) } : {}),
      };
    }),
};

/** `-o name = value` is one mistake: the words behind a broken option are no second one. */
function extraWords(server: MailServer): readonly PlacedProblem[] {
  const broken = masterProblems(server, ["override-without-equals", "override-without-name"]);
  return masterProblems(server, ["stray-argument", "comment-argument"]).filter(
    ({ problem }) =>
      !broken.some((other) => other.problem.line === problem.line && other.problem.span.end <= problem.span.start),
  );
}
