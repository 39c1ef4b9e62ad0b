import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import textmate, { type IGrammar, type Registry } from "vscode-textmate";
import { isRecord, readJsonRecord } from "../../scripts/lib/json.ts";
import { createRegistry, grammarOf } from "./tokenizer.ts";

/** The rules of VS Code's default themes that reach our scopes: a colour, or a font style. */
const THEMES = readJsonRecord(fileURLToPath(new URL("default-themes.json", import.meta.url)));

/** What must be told apart at a glance: a line, and the word of it that says what happened. */
const LINES = [
  ["postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 no", "reject"],
  ["postfix/smtp[1]: 4F1A2B3C4D: to=<a@b>, status=deferred (later)", "deferred"],
  ["postfix/smtp[1]: 4F1A2B3C4D: to=<a@b>, status=bounced (never)", "bounced"],
  ["postfix/smtp[1]: 4F1A2B3C4D: to=<a@b>, status=sent (250 ok)", "sent"],
  ["postfix/smtpd[1]: warning: odd", "warning"],
  ["postfix/smtpd[1]: fatal: dead", "fatal"],
  ["postfix/smtpd[1]: panic: broken", "panic"],
] as const;

for (const [name, rules] of Object.entries(THEMES)) {
  test(`${name} shows what happened to a message in looks of their own`, async () => {
    const registry = await createRegistry(theme(rules));
    const grammar = await grammarOf(registry, "text.postfix-log");
    const plain = lookOf(registry, grammar, "postfix/smtpd[1]: some words", "words");
    const looks = new Map<string, string>([[plain, "plain text"]]);
    for (const [line, word] of LINES) {
      const its = lookOf(registry, grammar, line, word);
      assert.equal(looks.get(its), undefined, `${word} (${its}) looks like ${looks.get(its)}`);
      looks.set(its, word);
    }
  });
}

test("severity words that a stranger wrote look like any other text", async () => {
  const registry = await createRegistry(theme(THEMES["Dark Modern"]));
  const grammar = await grammarOf(registry, "text.postfix-log");
  const line =
    "postfix/smtpd[1]: NOQUEUE: reject: HELO from x[192.0.2.1]: 504 5.5.2 <panic: y>: fatal: z; helo=<panic: y>";
  assert.equal(
    lookOf(registry, grammar, line, "fatal"),
    lookOf(registry, grammar, "postfix/smtpd[1]: some words", "words"),
  );
  assert.notEqual(
    lookOf(registry, grammar, line, "panic"),
    lookOf(registry, grammar, "postfix/smtpd[1]: panic: y", "panic"),
  );
});

/** @param rules colours (`#…`) and font styles by scope */
function theme(rules: unknown) {
  assert.ok(isRecord(rules));
  return {
    settings: Object.entries(rules).map(([scope, value]) => {
      const look = String(value);
      if (scope === "editor.foreground") return { settings: { foreground: look } };
      return { scope, settings: look.startsWith("#") ? { foreground: look } : { fontStyle: look } };
    }),
  };
}

/** Colour and font style of a word, as the editor would draw it. The bits are those of VS Code's token metadata. */
function lookOf(registry: Registry, grammar: IGrammar, line: string, word: string): string {
  const at = line.indexOf(word);
  assert.notEqual(at, -1);
  const { tokens } = grammar.tokenizeLine2(line, textmate.INITIAL);
  let metadata = 0;
  for (let i = 0; i + 1 < tokens.length && (tokens[i] ?? 0) <= at; i += 2) metadata = tokens[i + 1] ?? 0;
  const fontStyle = (metadata >>> 11) & 0xf;
  const foreground = (metadata >>> 15) & 0x1ff;
  return `${registry.getColorMap()[foreground]} ${fontStyle}`;
}
