import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLenses } from "@postmaster/core/features/config/code-lens.ts";
import { completion } from "@postmaster/core/features/config/completion.ts";
import { folds } from "@postmaster/core/features/config/folding.ts";
import { configHover } from "@postmaster/core/features/config/hover.ts";
import { inlayHints } from "@postmaster/core/features/config/inlay-hints.ts";
import { links } from "@postmaster/core/features/config/links.ts";
import { definition, highlights, references } from "@postmaster/core/features/config/navigation.ts";
import { outline } from "@postmaster/core/features/config/outline.ts";
import { rename } from "@postmaster/core/features/config/rename.ts";
import { selections } from "@postmaster/core/features/config/selection.ts";
import { signatureHelp } from "@postmaster/core/features/config/signature-help.ts";
import { configTokens } from "@postmaster/core/features/config/tokens.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { memoryFiles } from "../../model/memory-files.ts";
import { mutate, random } from "../../syntax/random.ts";
import { contextOf } from "./a-context.ts";

const FILES: Readonly<Record<string, string>> = {
  "main.cf": `my = a\nmyhostname = mail.$my
smtpd_restriction_classes = strict
strict = check_client_access pcre:/etc/postfix/h.pcre, reject
smtpd_sender_restrictions =
    check_sender_access { hash:/etc/postfix/senders, search_order = x }
# c(5) postconf(5)
    check_policy_service unix:private/policy
virtual_alias_maps = unionmap:{ hash:/etc/postfix/senders, proxy:mysql:/etc/postfix/sql.cf }
smtpd_banner = \${my?{a}:{$strict}} $(my)
`,
  "master.cf":
    "smtp inet n - y - - smtpd -o { a = b c }\n  -o myorigin=${my}\n# c\npolicy unix - n n - 0 spawn user=x argv=/bin/x\n",
  senders: 'a@b strict, reject\n"c d" FILTER policy:x\n  more\n',
  "h.pcre": "if /a/\n/^b(c)$/i REJECT $1\n!/x/ strict\nendif\n",
  "net.cidr": "10.0.0.0/8 OK\nif 1.2.3.0/24\n1.2.3.4 REJECT no\nendif\n",
  "sql.cf": "hosts = 127.0.0.1\npassword = x\n",
};

test("whatever a file holds and wherever one asks, no feature fails, and every place lies within the text", async () => {
  const from = random(31);
  const names = Object.keys(FILES);
  for (let run = 0; run < 600; run += 1) {
    const name = names[run % names.length] ?? "main.cf";
    const text = mutate(from, FILES[name] ?? "");
    const files = { ...FILES, [name]: text };
    const context = await contextOf(files, name);
    const offset = from.below(text.length + 1);
    const suggestions = await completion(context, offset, memoryFiles({}));
    const hints = inlayHints(context, { start: 0, end: text.length }, new Set(["values", "duplicates", "overrides"]));
    const spans = [
      suggestions.span,
      ...highlights(context, offset).map(({ span }) => span),
      ...links(context).map(({ span }) => span),
      ...configTokens(context).map(({ span }) => span),
      ...selections(context, offset),
      ...codeLenses(context).map(({ span }) => span),
      ...outline(context.document).flatMap(({ span, nameSpan }) => [span, nameSpan]),
      ...hints.map(({ at }) => ({ start: at, end: at })),
      configHover(context, offset)?.span ?? { start: 0, end: 0 },
    ];
    for (const { start, end } of spans) {
      assert.ok(0 <= start && start <= end && end <= text.length, `${name} ${JSON.stringify(text)} ${start}..${end}`);
    }
    signatureHelp(context, offset);
    folds(context.document);
    for (const { file, span } of [...definition(context, offset), ...references(context, offset, true)]) {
      assert.ok(file === null || span.end <= file.text.length);
    }
    const renamed = rename(context, offset, "a_new_name");
    if (renamed.ok)
      for (const { file, edits } of renamed.files) assert.match(applyEdits(file.text, edits), /a_new_name/);
  }
});
