import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { codeLenses } from "@postmaster/core/features/config/code-lens.ts";
import { completion } from "@postmaster/core/features/config/completion.ts";
import { folds } from "@postmaster/core/features/config/folding.ts";
import { format } from "@postmaster/core/features/config/format.ts";
import { configHover } from "@postmaster/core/features/config/hover.ts";
import { inlayHints } from "@postmaster/core/features/config/inlay-hints.ts";
import { links } from "@postmaster/core/features/config/links.ts";
import { references } from "@postmaster/core/features/config/navigation.ts";
import { outline } from "@postmaster/core/features/config/outline.ts";
import { signatureHelp } from "@postmaster/core/features/config/signature-help.ts";
import { configTokens } from "@postmaster/core/features/config/tokens.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { createPseudonyms } from "@postmaster/core/report/redact/pseudonyms.ts";
import { redactLine } from "@postmaster/core/report/redact/redact-line.ts";
import { createVocabulary } from "@postmaster/core/report/redact/vocabulary.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { rules } from "@postmaster/core/rules/rules.ts";
import { parseDovecotConf } from "@postmaster/core/syntax/dovecot-conf/parse-dovecot-conf.ts";
import { parsePythonSettings } from "@postmaster/core/syntax/python-settings/parse-python-settings.ts";
import { contextOf } from "../core/features/config/a-context.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";
import { memoryFiles } from "../core/model/memory-files.ts";
import { growsTooFast } from "./lib/growth.ts";
import { SLOW_CONFIGURATIONS } from "./lib/slow-configurations.ts";

const HINTS = new Set(["values", "duplicates", "overrides"] as const);

/** All that is worked out when a file is opened, and what is asked at one place of it. */
async function everything(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const context = await contextOf(files, name);
    checkConfiguration(context.server, { postfixVersion: null, tableTypes: [], severity: {} });
    outline(context.document);
    configTokens(context);
    links(context);
    folds(context.document);
    format(context.document, "aligned");
    codeLenses(context);
    inlayHints(context, { start: 0, end: text.length }, HINTS);
    for (const offset of [0, text.indexOf("=") + 2, text.length >> 1]) {
      configHover(context, offset);
      signatureHelp(context, offset);
      references(context, offset, true);
      await completion(context, offset, memoryFiles({}));
    }
  }
}

for (const [name, make] of Object.entries(SLOW_CONFIGURATIONS)) {
  test(`${rules.length} rules and all features, ${name}: four times the text takes about four times the time`, async () => {
    const word = await growsTooFast((size) => {
      const files = make(size);
      return () => everything(files);
    }, 500);
    assert.equal(word, null);
  });
}

/** What leads a reader of other programs' settings astray: what opens and never closes. */
const OPENINGS = [
  "(",
  "[",
  "{",
  "'",
  '"""',
  "'''",
  "\\\n",
  "x = [",
  "x += (",
  "if x:\n ",
  "a {\n",
  "!include x\n",
  "a = '",
  "# ",
];

test("settings of iRedAPD and Dovecot are read in linear time", async () => {
  for (const opening of OPENINGS) {
    for (const [name, parse] of Object.entries({ parsePythonSettings, parseDovecotConf })) {
      const word = await growsTooFast((size) => {
        const text = opening.repeat(size);
        return () => void parse(text);
      }, 2000);
      assert.equal(word, null, `${name}, many ${JSON.stringify(opening)}`);
    }
  }
});

test("redaction: what looks like the beginning of an address or a host, over and over", async () => {
  const names = createPseudonyms((text) => createHash("sha256").update(text).digest(), true);
  const redactor = { engine: createCatalogueEngine(), names, vocabulary: createVocabulary() };
  for (const unit of ["!", "a!", "-", "a.", ":", "1:", "(a", "<a", "/a", "http://", "\u202e"]) {
    const word = await growsTooFast((size) => {
      const line = `Nov 22 10:00:00 mail postfix/smtpd[1]: warning: ${unit.repeat(size)}`;
      return () => void redactLine(line, redactor);
    }, 2000);
    assert.equal(word, null, `many ${JSON.stringify(unit)}`);
  }
});

/** A message that begins as the template says, and in each field goes on with what the template waits for. */
function temptingMessage(template: string, length: number): string {
  const segments = parseTemplate(template);
  const fields = segments.filter(({ kind }) => kind === "field").length;
  const share = Math.floor(length / Math.max(1, fields));
  let message = "";
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === "literal") message += segment.text;
    else {
      const next = segments[index + 1];
      const wanted = next?.kind === "literal" ? next.text : " ";
      // All of it but its last letter: it looks like the end over and over, and never is.
      const piece = wanted.length > 1 ? wanted.slice(0, -1) : `${wanted}${wanted}x`;
      message += piece.repeat(Math.ceil(share / piece.length)).slice(0, share);
    }
  }
  return message;
}

test("every template, on lines that promise its end and never bring it", async (context) => {
  const engine = createCatalogueEngine();
  const forms = [
    ...referenceMessages().flatMap(({ text, also = [], programs }) =>
      [text, ...also].map((form) => ({ form, program: programs[0] ?? "smtpd" })),
    ),
    ...entries.flatMap(({ match }) => match.map((form) => ({ form, program: "smtpd" }))),
  ];
  const GROUP = 500;
  const slow: string[] = [];
  for (let from = 0; from < forms.length; from += GROUP) {
    const group = forms.slice(from, from + GROUP);
    const word = await growsTooFast((size) => {
      const lines = group.map(({ form, program }) =>
        encodeUtf8(`Nov 22 10:00:00 mail postfix/${program}[1]: ${temptingMessage(form, size)}`),
      );
      return () => {
        for (const line of lines) engine.readLine(line, 0, line.length);
      };
    }, 1000);
    if (word !== null) slow.push(`${word}: ${group[0]?.form ?? ""} …`);
  }
  assert.deepEqual(slow, []);
  context.diagnostic(`${forms.length} templates`);
});
