import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { parseDovecotConf, printDovecotConf } from "@postmaster/core/syntax/dovecot-conf/parse-dovecot-conf.ts";
import { joinedText } from "@postmaster/core/syntax/lines/joined-text.ts";
import { parseLogicalLines, printLogicalLines } from "@postmaster/core/syntax/lines/logical-lines.ts";
import { parseMainCf, printMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf, printMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import {
  parsePythonSettings,
  printPythonSettings,
} from "@postmaster/core/syntax/python-settings/parse-python-settings.ts";
import { parseCidrTable } from "@postmaster/core/syntax/table/parse-cidr-table.ts";
import { parseClientConfig } from "@postmaster/core/syntax/table/parse-client-config.ts";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { parsePatternTable } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import { printTable } from "@postmaster/core/syntax/table/print-table.ts";
import { expand } from "@postmaster/core/syntax/value/expand.ts";
import { splitList } from "@postmaster/core/syntax/value/list.ts";
import { type MacroNode, parseMacros } from "@postmaster/core/syntax/value/macro.ts";
import { parseRestrictionList } from "@postmaster/core/syntax/value/restriction-list.ts";
import { parseTableReference } from "@postmaster/core/syntax/value/table-reference.ts";
import { rounds } from "../../soak/rounds.ts";
import { mutate, random } from "./random.ts";

const MUTATIONS = rounds(100_000);

const MAIN_CF = `# main.cf
compatibility_level = 3.6
myhostname=mail.example.org
smtpd_recipient_restrictions =
    permit_mynetworks,
    # who logged in may send
    warn_if_reject reject_unknown_sender_domain,

    check_policy_service { inet:127.0.0.1:7777, timeout = 10s },
    reject_unauth_destination
mydestination = $myhostname, localhost.\${mydomain?{$mydomain}:{invalid}} localhost
empty =
`;

const MASTER_CF = `smtp      inet  n       -       y       -       -       smtpd
submission inet n       -       y       -       -       smtpd
  -o syslog_name=postfix/submission -v
  # TLS only
  -o { smtpd_recipient_restrictions = permit_sasl_authenticated,
       reject }
  -osmtpd_tls_security_level=encrypt
dovecot   unix  -       n       n       -       -       pipe
  flags=DRhu user=vmail argv=/usr/lib/dovecot/deliver -d \${recipient}
`;

const TABLES = `/^helo\\.local$/ OK
!/^[0-9.]+$/i REJECT no
  with a second line
if /^b/
/a/m DUNNO $1
endif
192.0.2.0/24 REJECT
"quoted key" value with text
hosts = postgresql://user:secret@db/mail
password = secret
`;

const PYTHON = `from libs.default_settings import *
listen_address = '127.0.0.1'
plugins = ['reject_null_sender',  # first
           "greylisting",]
if x: MYNETWORKS = []
srs_secrets = [r'a\\b', u"\\u00e4"]
`;

const DOVECOT = `!include conf.d/*.conf
disable_plaintext_auth = yes # comment
protocol imap {
  mail_plugins = $mail_plugins quota \\
     imap_quota
}
`;

function assertInside(text: string, spans: readonly { readonly start: number; readonly end: number }[]): void {
  for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length, `${start}..${end}`);
}

/** Macro nodes stand one after the other and leave nothing out. */
function assertCovers(nodes: readonly MacroNode[], length: number): void {
  let at = 0;
  for (const node of nodes) {
    assert.equal(node.span.start, at);
    at = node.span.end;
  }
  assert.equal(at, length);
}

function checkValue(value: string): void {
  const joined = joinedText(value);
  const { elements } = splitList(joined);
  for (const element of elements) assert.equal(value.slice(element.span.start, element.span.end), element.text);
  const rest = elements.reduce((left, element) => left - element.text.length, value.length);
  assert.ok(rest >= 0);
  const items = parseRestrictionList(joined).items.flatMap((item) => item.elements.map((element) => element.index));
  assert.deepEqual(items, [...elements.keys()]);
  assertCovers(parseMacros(joined).nodes, value.length);
  parseTableReference(value);
  expand(value, (name) => (name.length > 3 ? `$${name.slice(1)}` : null));
}

function checkText(text: string): void {
  assert.equal(printLogicalLines(parseLogicalLines(text)), text);
  const main = parseMainCf(text);
  assert.equal(printMainCf(main), text);
  for (const definition of main.definitions) {
    assert.equal(text.slice(definition.nameSpan.start, definition.nameSpan.end), definition.name);
    const visible = definition.pieces.map((piece) => text.slice(piece.start, piece.end)).join("");
    assert.equal(visible.replace(/\s/g, ""), definition.value.replace(/\s/g, ""));
    for (const element of splitList(definition.valueText).elements) assertInside(text, [element.span]);
  }
  if (main.definitions[0] !== undefined) checkValue(main.definitions[0].value);
  const master = parseMasterCf(text);
  assert.equal(printMasterCf(master), text);
  for (const service of master.services) {
    for (const word of [...service.fields, ...service.arguments]) {
      assert.equal(service.joined.text.slice(word.from, word.to), word.text);
      assertInside(text, [word.span]);
    }
    assertInside(
      text,
      service.overrides.flatMap((override) => [override.span, override.nameSpan, override.valueSpan]),
    );
  }
  const tables = [
    parseIndexedTable(text),
    parseCidrTable(text),
    parsePatternTable(text, "pcre"),
    parsePatternTable(text, "regexp"),
  ];
  for (const table of tables) {
    assert.equal(printTable(table), text);
    assertInside(
      text,
      [...table.rules, ...table.problems].map((part) => part.span),
    );
  }
  assertInside(text, parseClientConfig(text).secretSpans);
  const python = parsePythonSettings(text);
  assert.equal(printPythonSettings(python), text);
  assertInside(
    text,
    [...python.problems, ...python.assignments].map((part) => part.span),
  );
  const dovecot = parseDovecotConf(text);
  assert.equal(printDovecotConf(dovecot), text);
  assertInside(
    text,
    dovecot.problems.map((problem) => problem.span),
  );
}

test(`every parser gives back every one of ${MUTATIONS} damaged files, and never throws`, () => {
  const files = [MAIN_CF, MASTER_CF, TABLES, PYTHON, DOVECOT, MAIN_CF.replaceAll("\n", "\r\n")] as const;
  for (let seed = 0; seed < MUTATIONS; seed += 1) {
    const from = random(seed);
    const text = mutate(from, from.pick(files));
    try {
      checkText(text);
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

test("any amount of anything parses in time that grows with its length only", () => {
  const size = 200_000;
  const units = [
    "{",
    "${",
    "$(",
    "${a?",
    "-o {",
    " ",
    "\n ",
    "\n x",
    "a=",
    ",",
    "'",
    "[",
    "[1,",
    "/",
    "!",
    "if /a/\n",
    "\\",
    "(\n",
    "a\n",
    "x{\n",
  ];
  for (const unit of units) {
    const text = `a = ${unit.repeat(size / unit.length)}`;
    const before = process.cpuUsage();
    const { definitions } = parseMainCf(text);
    for (const definition of definitions.slice(0, 1)) {
      parseRestrictionList(definition.valueText);
      parseMacros(definition.valueText);
      expand(definition.value, () => null);
      parseTableReference(definition.value);
    }
    parseMasterCf(text);
    parseIndexedTable(text);
    parseCidrTable(text);
    parsePatternTable(text, "pcre");
    parseClientConfig(text);
    parsePythonSettings(text);
    parseDovecotConf(text);
    // Our own time: what else the machine does is not counted. Quadratic work on this much text would take minutes.
    const { user, system } = process.cpuUsage(before);
    const spent = (user + system) / 1000;
    assert.ok(spent < 10_000, `${JSON.stringify(unit)} took ${spent} ms`);
  }
});
