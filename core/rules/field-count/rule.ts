import { masterProblems } from "../master-problems.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const fieldCount: Rule = {
  id: "field-count",
  title: "A service of master.cf with too few columns",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server) =>
    masterProblems(server, ["too-few-fields"]).map(({ file, problem, service }) => ({
      file,
      span: problem.span,
      message: `This service has ${service?.fields.length ?? "too few"} of eight columns, so Postfix refuses the whole file. A line that continues the one above must be indented.`,
      postfix: printable("bad field count", file.encoding),
    })),
};
