import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite, test } from "node:test";
import { promisify } from "node:util";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { postfixWords } from "../oracle/words.ts";
import { settle } from "../settle.ts";

const run = promisify(execFile);
const MASTER = "smtp inet n - n - - smtpd\n";

interface Case {
  readonly name: string;
  readonly main: string | Uint8Array;
  readonly master?: string;
  /** `-n` for main.cf, `-M` for master.cf: each prints what the other does not. */
  readonly option?: "-n" | "-M";
}

const CASES: readonly Case[] = [
  { name: "nothing wrong", main: "myhostname = mail.example.com\n" },
  { name: "overriding entries", main: "x_y = 1\nx_y = 1\nx_y = 2\nx_y =\nx_y = 3\nmail_name = $x_y\n" },
  { name: "an unused parameter, folded", main: "smptd_banner = x   y\n  z\n" },
  {
    name: "bytes that are no ASCII, and a tab",
    main: Buffer.from("nosuch_name = caf\xe9\tb\nother_name = \xc3\xa4\n", "latin1"),
  },
  {
    name: "a classes' name, and a reference",
    main: "smtpd_restriction_classes = lax\nlax = permit\nnets = 10.0.0.0/8\nmynetworks = $nets\n",
  },
  { name: "no equals sign", main: "mail_name = a\nfoo bar  \r\n   more \r\n" },
  { name: "no name", main: "# x\n= bar\n" },
  { name: "an indented first line", main: "  compatibility_level = 3.6 and then some more\nmail_name = a\n" },
  { name: "an indented first line of thirty characters", main: " 23456789012345678901234567890\nmail_name = a\n" },
  { name: "a parameter for a service that is not there", main: "slow_destination_concurrency_limit = 2\n" },
  {
    name: "an unused parameter in master.cf",
    main: "mail_name = a\n",
    master: `${MASTER}  -o smptd_banner=hello\n`,
    option: "-M",
  },
  { name: "too few columns", main: "mail_name = a\n", master: `${MASTER}foo unix - - n -\n`, option: "-M" },
  { name: "an unknown type", main: "mail_name = a\n", master: "foo   tcp\t- - n   - - smtp  \n", option: "-M" },
  { name: "a wrong chroot column", main: "mail_name = a\n", master: "foo unix - - yes - - smtp\n", option: "-M" },
  { name: "a wrong process limit", main: "mail_name = a\n", master: "foo unix - - n - many smtp\n", option: "-M" },
  {
    name: "a brace that is not closed",
    main: "mail_name = a\n",
    master: `${MASTER}  -o { mail_name = b\n`,
    option: "-M",
  },
  { name: "text behind a brace", main: "mail_name = a\n", master: `${MASTER}  -o { mail_name = b }x\n`, option: "-M" },
  {
    name: "an indented first line of master.cf",
    main: "mail_name = a\n",
    master: ` ${MASTER}smtp unix - - n - - smtp\n`,
    option: "-M",
  },
];

suite("the words of Postfix", async () => {
  const { stdout } = await run("postconf", ["-h", "mail_version"]);
  const version = parsePostfixVersion(stdout);

  for (const { name, main, master = MASTER, option = "-n" } of CASES) {
    test(`as postconf ${option} says them: ${name}`, async (t) => {
      const folder = await mkdtemp(path.join(tmpdir(), "postmaster-words-"));
      t.after(() => rm(folder, { recursive: true, force: true }));
      // A name of its own, so that the machine's does not matter.
      await writeFile(
        path.join(folder, "main.cf"),
        Buffer.concat([Buffer.from(main), Buffer.from("myhostname = a.example\n")]),
      );
      await writeFile(path.join(folder, "master.cf"), master);
      settle(folder);
      const { stderr } = await run("postconf", ["-c", folder, option]).catch(
        (error: { readonly stderr: string }) => error,
      );
      const said = new Set(
        stderr
          .split("\n")
          .filter((line) => line !== "")
          .map(postfixWords),
      );

      const load = { defaultOf: (parameter: string) => defaultOf(parameter, version) };
      const server = await loadMailServer(createNodeFilePort(), folder, load);
      assert.ok(server !== null);
      const found = checkConfiguration(server, { postfixVersion: version }).flatMap(({ postfix }) => postfix ?? []);
      // postconf reads main.cf twice and then says the last value to be overridden by the first too: that is no finding.
      const ours = new Set(found);
      const missing = [...said].filter((line) => !ours.has(line) && !isEcho(line, found));
      assert.deepEqual({ missing, invented: found.filter((line) => !said.has(line)) }, { missing: [], invented: [] });
    });
  }
});

function isEcho(line: string, found: readonly string[]): boolean {
  return (
    line.startsWith("overriding earlier entry: ") && found.some((ours) => ours.startsWith("overriding earlier entry: "))
  );
}
