import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConfigKind, configDocument } from "@postmaster/core/features/config/context.ts";
import { format, formatRange } from "@postmaster/core/features/config/format.ts";
import type { FormatStyle } from "@postmaster/core/features/config/format-style.ts";
import { parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { splitList } from "@postmaster/core/syntax/value/list.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { memoryFile } from "../../model/memory-files.ts";
import { mutate, random } from "../../syntax/random.ts";

function formatted(kind: ConfigKind, text: string, style: FormatStyle = "aligned"): string {
  return applyEdits(text, format(configDocument(kind, memoryFile("/etc/postfix/x", text), null), style));
}

const MAIN = `# A comment   stays
myhostname=mail.example.com
smtpd_banner   =   $myhostname   ESMTP
mydestination =

smtpd_helo_restrictions =
\tpermit_mynetworks,
# why
  check_helo_access { hash:/a,
   search_order = x }
      reject
header_size_limit =   5`;

test("main.cf: aligned", () => {
  assert.equal(
    formatted("main", MAIN),
    `# A comment   stays
myhostname    = mail.example.com
smtpd_banner  = $myhostname   ESMTP
mydestination =

smtpd_helo_restrictions =
    permit_mynetworks,
# why
    check_helo_access { hash:/a,
   search_order = x }
    reject
header_size_limit = 5
`,
  );
});

test("main.cf: flat", () => {
  const flat = formatted("main", "a   = b\nlonger=c  \n\t \nlast = x\n", "flat");
  assert.equal(flat, "a = b\nlonger = c\n\nlast = x\n");
});

test("blanks that are text are left alone", () => {
  const text = "smtpd_banner = one\n        two\nmy_own = a\n   b\n";
  assert.equal(formatted("main", text, "flat"), text);
});

test("master.cf has the columns of Postfix's own", () => {
  const text = "smtp inet n - y - - smtpd\n-o\nsubmission inet n - y - - smtpd -o  a=b\n # why\n\t-o   { c = d   e }\n";
  assert.equal(
    formatted("master", text),
    `smtp      inet  n       -       y       -       -       smtpd
-o
submission inet n       -       y       -       -       smtpd -o a=b
 # why
  -o { c = d   e }
`,
  );
  assert.equal(formatted("master", "smtp     inet  n  -  y  -  -  smtpd\n", "flat"), "smtp inet n - y - - smtpd\n");
});

test("tables: keys and values in two columns, block by block", () => {
  assert.equal(formatted("indexed", "a\tb\nlonger  c   d\n\nx  y\n"), "a      b\nlonger c   d\n\nx y\n");
  assert.equal(
    formatted("pattern", "/^a b/i   OK\nif /x/\n/c/\tREJECT no\nendif"),
    "/^a b/i OK\nif /x/\n/c/ REJECT no\nendif\n",
  );
  assert.equal(formatted("cidr", "192.0.2.0/24\tOK\n10.0.0.0/8 REJECT\n"), "192.0.2.0/24 OK\n10.0.0.0/8   REJECT\n");
});

test("line breaks stay what they are", () => {
  assert.equal(formatted("main", "a=b\r\nc=d"), "a = b\r\nc = d\r\n");
});

test("a range is formatted and nothing else", () => {
  const text = "a=b\nc=d\n";
  const document = configDocument("main", memoryFile("/etc/postfix/x", text), null);
  assert.equal(applyEdits(text, formatRange(document, "aligned", { start: 4, end: 8 })), "a=b\nc = d\n");
});

/** What Postfix makes of a main.cf or master.cf: blanks between the words of a list are one. */
function model(kind: "main" | "master", text: string): unknown {
  if (kind === "main") {
    const { definitions, problems } = parseMainCf(text);
    return [
      definitions.map(({ name, value, valueText }) => [
        name,
        name.endsWith("_restrictions") || name === "mydestination"
          ? splitList(valueText).elements.map((one) => one.text)
          : value,
      ]),
      problems.map((problem) => problem.kind),
    ];
  }
  const { services, problems } = parseMasterCf(text);
  return [
    services.map(({ fields, arguments: words }) => [...fields, ...words].map((word) => word.text)),
    problems.map((one) => one.kind),
  ];
}

test("formatting changes nothing that Postfix reads, and formatting again changes nothing at all", () => {
  const from = random(20_260_101);
  const masterText =
    "smtp inet n - y - - smtpd\n  -o a=b\n# c\n  -o { d = e f }\nx unix - n n - - pipe\n  flags=D user=x argv=/bin/x ${sender}\n";
  for (let run = 0; run < 4000; run += 1) {
    const kind = run % 2 === 0 ? "main" : "master";
    const text = mutate(from, kind === "main" ? MAIN : masterText);
    const style = from.pick<FormatStyle>(["aligned", "flat"]);
    const once = formatted(kind, text, style);
    assert.deepEqual(model(kind, once), model(kind, text), JSON.stringify(text));
    assert.equal(formatted(kind, once, style), once, JSON.stringify(text));
  }
});

test("nor in tables", () => {
  const from = random(7);
  const texts = {
    indexed: 'a\tb\n"c d"  e\n  f\nlonger  x',
    pattern: "/a b/  OK\nif !/x/i\n/c/ REJECT\n\n  more\nendif\n",
    cidr: "10.0.0.0/8   OK\nif 1.2.3.0/24\n1.2.3.4 REJECT\nendif\n",
  };
  for (let run = 0; run < 3000; run += 1) {
    const kind = from.pick<"indexed" | "pattern" | "cidr">(["indexed", "pattern", "cidr"]);
    const text = mutate(from, texts[kind]);
    const once = formatted(kind, text);
    const read = (content: string) => {
      const { tree } = configDocument(kind, memoryFile("/etc/postfix/x", content), null);
      assert.ok("rules" in tree);
      const rows = tree.rules.map((rule) =>
        JSON.stringify({ ...rule, line: 0, logical: 0 }, (key, value: unknown) => (/[sS]pan$/.test(key) ? 0 : value)),
      );
      return [rows, tree.problems.map((one) => one.kind)];
    };
    assert.deepEqual(read(once), read(text), JSON.stringify(text));
    assert.equal(formatted(kind, once), once, JSON.stringify(text));
  }
});
