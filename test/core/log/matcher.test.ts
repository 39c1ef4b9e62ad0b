import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { LONGEST_MESSAGE, type Template } from "@postmaster/core/log/matcher.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";

const message = (id: string, text: string, more: Partial<Template> = {}): Template => ({
  id,
  text,
  layer: "message",
  ...more,
});
const entry = (id: string, text: string, more: Partial<Template> = {}): Template => ({
  id,
  text,
  layer: "entry",
  ...more,
});

function best(templates: readonly Template[], line: string): string | null {
  return createLogEngine(templates).readText(line).template?.templateId ?? null;
}

describe("which template wins", () => {
  const general = message("general", "{a}: {b}");
  const special = message("special", "{a}: bad {b}");
  const most = message("most", "{a}: bad command startup -- throttling");

  test("the one with the most literal bytes, whatever the order", () => {
    const line = "/usr/lib/postfix/smtpd: bad command startup -- throttling";
    for (const templates of [
      [general, special, most],
      [most, special, general],
    ]) {
      assert.equal(best(templates, line), "most");
    }
    assert.equal(best([general, special, most], "x: bad thing"), "special");
    assert.equal(best([general, special, most], "x: good thing"), "general");
  });

  test("then the one with the stricter fields", () => {
    assert.equal(best([message("text", "{a}: x"), message("id", "{queue_id}: x")], "4Zx1Qk0Y1M: x"), "id");
    assert.equal(best([message("text", "{a}: x"), message("id", "{queue_id}: x")], "4Zx-Qk0Y1M: x"), "text");
  });

  test("then the earlier", () => {
    assert.equal(best([message("first", "{a}: x"), message("second", "{b}: x")], "1: x"), "first");
  });

  test("each layer on its own", () => {
    const read = createLogEngine([most, entry("startup", "{path}: bad command startup{rest}")]).readText(
      "p: bad command startup -- throttling",
    );
    assert.deepEqual([read.template?.templateId, read.entry?.templateId], ["most", "startup"]);
    assert.equal(read.entry?.fields["path"]?.value, "p");
  });
});

describe("what a match is", () => {
  test("the whole message, nothing left over", () => {
    assert.equal(best([message("x", "connect from {client}")], "connect from a[192.0.2.1]"), "x");
    assert.equal(best([message("x", "connect from {client}")], "connect from a[192.0.2.1] "), "x");
    assert.equal(best([message("x", "connect from {client}")], "connect from a[192.0.2.1] now"), null);
    assert.equal(best([message("x", "connect from {client}")], "reconnect from a[192.0.2.1]"), null);
  });

  test("several literals may follow one field, each at its own first place", () => {
    const templates = [message("b", "{x} b {y} end"), message("c", "{x} c {y} end"), message("bc", "{x} b c {y} end")];
    assert.equal(best(templates, "1 c 2 end"), "c");
    assert.equal(best(templates, "1 b c 2 end"), "bc");
    const read = createLogEngine(templates).readText("1 c b x b 2 end");
    assert.equal(read.template?.templateId, "b");
    assert.equal(read.template.fields["x"]?.value, "1 c");
  });

  test("a field is never stretched beyond the first literal that ends it", () => {
    assert.equal(best([message("x", "{a} from {client}")], "mail from home from a[192.0.2.1]"), null);
  });

  test("a form of several texts has one id", () => {
    const forms = [message("x", "lost connection"), message("x", "lost connection with {client}")];
    assert.equal(best(forms, "lost connection"), "x");
    assert.equal(best(forms, "lost connection with a[192.0.2.1]"), "x");
  });

  test("a name that a stranger chose cannot pose as the rest of the line", () => {
    const templates = [entry("helo", "<{helo}>: Helo command rejected: Host not found{envelope}")];
    const read = createLogEngine(templates).readText(
      '<x>: Helo command rejected: Host not found; from=<"; from=<a> to=<b>"@c> to=<d> proto=SMTP helo=<x>',
    );
    assert.equal(read.entry?.fields["sender"]?.value, '"; from=<a> to=<b>"@c');
    assert.equal(read.entry?.fields["recipient"]?.value, "d");
  });
});

describe("who may have written it", () => {
  const templates = [
    message("qmgr", "{queue_id}: removed", { system: "postfix", programs: ["qmgr"] }),
    message("any", "fatal {x}", { system: "postfix" }),
    entry("auth", "x {y}", { system: "dovecot", programs: ["auth"] }),
  ];
  const stamp = "Nov 22 10:00:00 mail";
  const both = (line: string): string | null => {
    const read = createLogEngine(templates).readText(line);
    return read.template?.templateId ?? read.entry?.templateId ?? null;
  };
  test("a program that prints it", () => assert.equal(both(`${stamp} postfix/qmgr[1]: 4Zx1Qk0Y1M: removed`), "qmgr"));
  test("no other of the same system that is known", () => {
    const known = createLogEngine([...templates, message("other", "y", { system: "postfix", programs: ["smtpd"] })]);
    assert.equal(known.readText(`${stamp} postfix/smtpd[1]: 4Zx1Qk0Y1M: removed`).template, null);
  });
  test("a service with a name of its own", () =>
    assert.equal(both(`${stamp} postfix/outbound[1]: 4Zx1Qk0Y1M: removed`), "qmgr"));
  test("nobody in particular", () => assert.equal(both("4Zx1Qk0Y1M: removed"), "qmgr"));
  test("no stranger", () => {
    assert.equal(both(`${stamp} sshd[1]: fatal x`), null);
    assert.equal(both(`${stamp} dovecot: auth: fatal x`), null);
  });
  test("Dovecot's service is its daemon", () => {
    assert.equal(both(`${stamp} dovecot: auth: x 1`), "auth");
    assert.equal(both(`${stamp} postfix/auth[1]: x 1`), null);
  });
});

describe("an entry that explains a message", () => {
  const templates = [message("general", "x {a}"), message("special", "x y {a}"), entry("own", "x y z")];
  const engine = createLogEngine(templates, new Map([["general", "explains"]]));
  const entries = (line: string): readonly unknown[] => {
    const bytes = encodeUtf8(line);
    return [
      engine.readText(line).entry?.templateId ?? null,
      engine.readLine(bytes, 0, bytes.length, "entry").entry?.templateId ?? null,
      engine.entryOf(line),
    ];
  };
  test("is found, whichever way one asks", () =>
    assert.deepEqual(entries("x 1"), ["explains", "explains", "explains"]));
  test("not for a message that says more", () => assert.deepEqual(entries("x y 1"), [null, null, null]));
  test("gives way to an entry of the line's own", () => assert.deepEqual(entries("x y z"), ["own", "own", "own"]));
});

test("a line beyond the bound is matched on its beginning", () => {
  const engine = createLogEngine([message("x", "head {rest}")]);
  const read = engine.readText(`head ${"x".repeat(2 * LONGEST_MESSAGE)}`);
  assert.equal(read.template?.templateId, "x");
  assert.equal(read.template.fields["rest"]?.value.length, LONGEST_MESSAGE - "head ".length);
});

describe("a rest in brackets", () => {
  const template = message("said", "{queue_id}: status={status:word} (error writing: {reason:rest}");
  const reasonIn = (line: string): string | undefined =>
    createLogEngine([template]).readText(line).template?.fields["reason"]?.value;

  for (const [what, reason, line] of [
    [
      "ends before the bracket that closes them",
      "File too large",
      "4A1B2: status=bounced (error writing: File too large)",
    ],
    ["keeps its own brackets", "no (not now)", "4A1B2: status=bounced (error writing: no (not now))"],
    ["is whole where the line was cut off", "no (not", "4A1B2: status=bounced (error writing: no (not"],
    ["keeps a bracket of its own at the cut", "no (not)", "4A1B2: status=bounced (error writing: no (not)"],
    ["may be empty", "", "4A1B2: status=bounced (error writing: )"],
  ] as const)
    test(what, () => assert.equal(reasonIn(line), reason));
});

test("fields of a line that is not ASCII have UTF-16 places", () => {
  const line = "Nov 22 10:00:00 mail postfix/smtpd[1]: grüße 😀 für {x}";
  const read = createLogEngine([message("x", "grüße {a} für {b}")]).readText(line);
  const { a, b } = read.template?.fields ?? {};
  assert.equal(a?.value, "😀");
  assert.equal(line.slice(a.span?.start, a.span?.end), "😀");
  assert.equal(b?.value, "{x}");
});

test("fields of an escaped line have values, and no places", () => {
  const read = createLogEngine([message("x", 'say "{what}" {rest}')]).readText('{"MESSAGE":"say \\"a\\tb\\" ü"}');
  assert.deepEqual(read.template?.fields, { what: { value: "a\tb", span: null }, rest: { value: "ü", span: null } });
});
