import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { fitHelp } from "@postmaster/server/cli/fit-help.ts";
import { HELP, VERBS } from "@postmaster/server/cli/help.ts";
import { dig } from "./json-values.ts";
import { ENTRY, FIXTURES, postmaster } from "./run-cli.ts";

suite("usage", () => {
  test("a mistake is named, with what may be meant, and is exit status 2", async () => {
    const cases: readonly [readonly string[], RegExp][] = [
      [[], /what shall I do/],
      [["chekc", "x"], /there is no “chekc”; did you mean check\?/],
      [["fix", "x"], /there is no “fix”; did you mean check --fix\?/],
      [["check"], /check needs a file/],
      [["check", "--formt", "json", "x"], /there is no option --formt; did you mean --format\?/],
      [["check", "--format", "xml", "x"], /--format takes pretty, json, sarif, not “xml”/],
      [["check", "--cap", "-1", "x"], /--cap/],
      [["check", "--fix=yes", "x"], /--fix takes no value/],
      [["check", "--config"], /--config needs a value/],
      [["check", "--postfix-version", "new", "x"], /takes a release such as 3\.7/],
      [["check", "--table-types", "lmdb:", "x"], /--table-types takes what postconf -m prints/],
      [["redact", "--format", "json", "x"], /there is no option --format/],
      [["trace", "--config", "/etc/postfix", "A", "x"], /there is no option --config/],
      [["lsp"], /--stdio/],
    ];
    for (const [args, expected] of cases) {
      const { code, out, err } = await postmaster(args);
      assert.match(err, expected, args.join(" "));
      const [verb = ""] = args;
      assert.match(
        err,
        VERBS.some((one) => one === verb) ? new RegExp(`Try: postmaster ${verb} --help`) : /Try: postmaster --help/,
      );
      assert.deepEqual({ code, out }, { code: 2, out: "" }, args.join(" "));
    }
  });

  test("a verb takes every option that its help lists, and none about a configuration that it does not list", async () => {
    const runs = VERBS.map(async (verb) => {
      const listed = [...HELP[verb].matchAll(/^ {6}(--[a-z-]+) ?([A-Z]?)/gm)];
      const given = listed.flatMap(([, option = "", value = ""]) => (value === "" ? [option] : [`${option}=x`]));
      const { err } = await postmaster([verb, ...given, "--no-such"]);
      assert.match(err, /^postmaster: there is no option --no-such\n/, verb);
      const version = await postmaster([verb, "--postfix-version", "new"]);
      const takesVersion = listed.some(([, option]) => option === "--postfix-version");
      assert.match(version.err, takesVersion ? /takes a release/ : /there is no option --postfix-version/, verb);
    });
    await Promise.all(runs);
  });

  test("on a narrow terminal help is broken between words, and no word of it is lost", () => {
    const words = (text: string): readonly string[] => text.split(/\s+/);
    for (const verb of [...VERBS, "postmaster"] as const) {
      const fitted = fitHelp(HELP[verb], 72);
      assert.ok(
        fitted.split("\n").every((line) => line.length <= 72),
        fitted,
      );
      assert.deepEqual(words(fitted), words(HELP[verb]), verb);
      assert.equal(fitHelp(HELP[verb], Number.POSITIVE_INFINITY), HELP[verb]);
    }
    assert.match(fitHelp(HELP.admit, 72), /^ {7}postmaster admit \[OPTION\]… --open-relay$/m);
    assert.match(fitHelp(HELP.check, 72), /--follow {15}goes on [^\n]*\n {29}\S/);
  });

  test("help and version are results, not errors", async () => {
    for (const args of [["--help"], ["check", "--help"], ["help", "parse"], ["explain", "-h"], ["lsp", "--help"]]) {
      const { code, out, err } = await postmaster(args);
      assert.match(out, /^postmaster.*: /, args.join(" "));
      assert.deepEqual({ code, err }, { code: 0, err: "" });
    }
    const manifest: unknown = JSON.parse(await readFile(new URL("../../server/package.json", import.meta.url), "utf8"));
    assert.equal((await postmaster(["--version"])).out, `${String(dig(manifest, "version"))}\n`);
  });

  test("results that cannot be written are no success", { skip: !existsSync("/dev/full") }, async () => {
    for (const args of [
      ["parse", "mail.log"],
      ["check", "mail.log"],
      ["explain", "550"],
    ]) {
      const full = await open("/dev/full", "w");
      const child = spawn(process.execPath, [ENTRY, ...args], { cwd: FIXTURES, stdio: ["ignore", full.fd, "pipe"] });
      let err = "";
      child.stderr?.on("data", (piece: Buffer) => (err += String(piece)));
      const code = await new Promise((resolve) => child.on("close", resolve));
      await full.close();
      assert.equal(code, 2, args.join(" "));
      assert.match(err, /^postmaster: the results could not be written: .*no space left/m);
    }
  });

  test("the language server answers over standard input and output", async (t) => {
    const message = (body: object): string => {
      const text = JSON.stringify({ jsonrpc: "2.0", ...body });
      return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    };
    const server = spawn(process.execPath, [ENTRY, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    t.after(() => server.kill());
    const ended = new Promise((resolve) => server.on("close", resolve));
    server.stdin.write(
      message({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } }),
    );
    let out = "";
    for await (const piece of server.stdout) {
      out += String(piece);
      if (out.includes('"capabilities"')) break;
    }
    assert.match(out, /"id":1,"result":\{/);
    server.stdin.write(message({ id: 2, method: "shutdown" }) + message({ method: "exit" }));
    assert.equal(await ended, 0);
  });
});
