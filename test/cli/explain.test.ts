import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { terminalMarkdown } from "@postmaster/core/report/terminal/markdown.ts";
import { coloured, plain } from "@postmaster/core/report/terminal/style.ts";
import { FIXTURES, postmaster } from "./run-cli.ts";

const ESCAPE = "\u001b";

suite("explain", () => {
  test("says what the hover says about a line, with its own values", async () => {
    const [, , line = ""] = (await readFile(path.join(FIXTURES, "mail.log"), "utf8")).split("\n");
    const { code, out } = await postmaster(["explain", line]);
    assert.equal(code, 0);
    assert.match(out, /FRITZBOX/);
    assert.match(out, /^What to do$/m);
    assert.ok(!out.includes("**") && !out.includes("###") && !out.includes("]("), out);
    assert.equal((await postmaster(["explain", "-"], { input: `${line}\n` })).out, out);
  });

  test("knows entries, rules, parameters, restrictions and codes by name", async () => {
    const known: readonly [string, RegExp][] = [
      ["helo-not-fqdn", /HELO/],
      ["duplicate-parameter", /twice/],
      ["smtpd_helo_required", /parameter/],
      ["reject_unauth_destination", /restriction/],
      ["5.7.1", /status code/],
      ["550", /reply code/],
    ];
    for (const [id, expected] of known) {
      const { code, out } = await postmaster(["explain", id]);
      assert.match(out, expected, id);
      assert.equal(code, 0, id);
    }
  });

  test("what nobody knows is exit status 1", async () => {
    const { code, out, err } = await postmaster(["explain", "no such thing"]);
    assert.deepEqual({ code, out, err }, { code: 1, out: "", err: "postmaster: nothing is known about this\n" });
    const typo = await postmaster(["explain", "myhostnme"]);
    assert.equal(typo.code, 1);
    assert.equal(typo.err, "postmaster: nothing is known about this; did you mean myhostname?\n");
  });

  test("no escape sequence of a log reaches the terminal", async () => {
    const helo = `${ESCAPE}[2J${ESCAPE}]0;owned\u0007\u202e`;
    const line = `Feb 11 19:59:08 mail postfix/smtpd[3]: NOQUEUE: reject: RCPT from x[192.0.2.7]: 504 5.5.2 <${helo}>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<${helo}>`;
    for (const { out, err } of [
      await postmaster(["explain", line]),
      await postmaster(["check", "-"], { input: `${line}\n` }),
      await postmaster(["check", `${ESCAPE}[2J`]),
      await postmaster(["explain", `${ESCAPE}[2J`]),
    ]) {
      assert.ok(!(out + err).includes(ESCAPE) && !(out + err).includes("\u0007") && !(out + err).includes("\u202e"));
    }
  });
});

suite("Markdown in a terminal", () => {
  test("headings, lists with hanging indents, code, links and escapes", () => {
    const markdown =
      "### A `title`\n\n*dim* and **`bold code`**: 1 \\* 2\n\n- one two three four\n- ```` a``b ````\n\n[Manual](https://a.example/x)\n\n```main.cf\na = b\n```";
    assert.equal(
      terminalMarkdown(markdown, 16, plain),
      [
        "A title",
        "",
        "dim and bold",
        "code: 1 * 2",
        "",
        "• one two three",
        "  four",
        "• a``b",
        "",
        "Manual",
        "<https://a.example/x>",
        "",
        "    a = b",
      ].join("\n"),
    );
  });

  test("colours go around words only, and control characters become visible before", () => {
    assert.equal(terminalMarkdown("**a**", 80, coloured), `${ESCAPE}[1ma${ESCAPE}[0m`);
    const shown = terminalMarkdown(`\`${ESCAPE}[31m\` **${ESCAPE}[0m**\n\n\`\`\`\n${ESCAPE}c\n\`\`\``, 80, plain);
    assert.ok(!shown.includes(ESCAPE), shown);
  });
});
