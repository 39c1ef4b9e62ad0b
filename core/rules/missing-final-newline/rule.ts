import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { span } from "../../text/span.ts";
import { cutTail } from "../../text/text-parts.ts";
import { editOffer } from "../edit-offer.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const missingFinalNewline: Rule = {
  id: "missing-final-newline",
  title: "A last line without its end",
  severity: "hint",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) => [...new Set(filesOf(server))].flatMap((file) => problemsOf(server, file)),
};

function filesOf(server: MailServer): readonly SourceFile[] {
  return [
    server.main.file,
    ...(server.master === null ? [] : [server.master.file]),
    ...[...server.tables.values()].flatMap(({ content }) => ("file" in content ? [content.file] : [])),
  ];
}

function problemsOf(server: MailServer, file: SourceFile): readonly RuleProblem[] {
  const { text } = file;
  // A long text is not put together for its last line: this is asked at each keystroke.
  const { tail } = file.parts ?? cutTail(text);
  if (tail === "" || tail.endsWith("\n")) return [];
  const name = baseName(file.path);
  const fix = {
    id: "missing-final-newline/add",
    title: `End the last line of ${name}`,
    safety: "safe",
    cost: "",
    reload: false,
  } as const;
  const feed = text.lastIndexOf("\n");
  const newText = text.charAt(feed - 1) === "\r" ? "\r\n" : "\n";
  return [
    {
      file,
      span: span(feed + 1, text.length),
      message: `The last line of ${name} does not end: what a script appends to the file becomes part of it.`,
      fixes: [editOffer(server, fix, file, [{ span: span(text.length, text.length), newText }])],
    },
  ];
}
