import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";
import { checkFiles } from "../../rules/check-files.ts";
import { filesOf, fixtures, markersOf } from "../../rules/fixtures.ts";
import { type ScratchPostfix, startScratchPostfix } from "../oracle/scratch-postfix.ts";

const execute = promisify(execFile);

/** What smtpd(8) is told beside the fixture: nobody who asks is trusted, and who sends all at once is heard. */
const BASE = `compatibility_level = 3.6
myhostname = live.example
mynetworks = 127.0.0.2/32
inet_interfaces = all
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
smtpd_forbid_unauth_pipelining = no
`;

/** A stranger who says of himself what opens the door, and names a recipient elsewhere. */
const STRANGER = [
  "EHLO friend.example",
  "MAIL FROM:<anna@friend.example>",
  "RCPT TO:<carl@elsewhere.example>",
  "QUIT",
  "",
].join("\r\n");

/** What Postfix says nothing about must be true all the same: each claim is put to it. */
suite("what the owner regrets, seen on a real Postfix", () => {
  let postfix: ScratchPostfix;
  before(async () => {
    postfix = await startScratchPostfix();
  });
  after(() => postfix.stop());

  const relays = fixtures().filter(({ ruleId, file }) => ruleId === "open-relay" && file === "main.cf");

  for (const fixture of relays) {
    const isOpen = markersOf(fixture).length > 0;
    test(`${fixture.name}: a stranger ${isOpen ? "may" : "may not"} send mail to a stranger`, async () => {
      const tag = fixture.name.replaceAll("/", "-").replaceAll(".", "-");
      const directory = path.join(postfix.folder, tag);
      mkdirSync(directory);
      writeFileSync(path.join(directory, "main.cf"), `${fixture.text}${BASE}${postfix.settings(tag, [])}`);
      writeFileSync(path.join(directory, "master.cf"), "smtp inet n - n - - smtpd\n");
      let replies = "";
      const hear = (text: string): void => {
        replies += text;
      };
      await postfix.run("smtpd", directory, { session: STRANGER, hear });
      const [, , recipient = "nothing"] = replies
        .split("\r\n")
        .filter((line) => /^[245]\d\d /.test(line))
        .slice(1);
      assert.match(
        recipient,
        isOpen ? /^250 2\.1\.5 Ok/ : /^[45]5[04] [45]\.7\.1 .*(Relay access|Client host|Access) /i,
        replies,
      );
    });
  }

  const slow = fixtures().filter(({ ruleId }) => ruleId === "slow-pattern");

  for (const fixture of slow) {
    test(`${fixture.name}: PCRE gives up on a text that almost fits where we say so, and only there`, async () => {
      const file = path.join(postfix.folder, "pattern");
      const marked = new Set(
        checkFiles(filesOf(fixture, "/etc/postfix")).map(({ span }) => lineOf(fixture.text, span.start)),
      );
      for (const [index, line] of fixture.text.split("\n").entries()) {
        if (line === "" || line.startsWith("#") || line === "endif") continue;
        writeFileSync(file, `${line.replace(/^if (.*)$/, "$1 x")}\n`);
        const said = await Promise.all(
          ["@example.org", "!", "!x"].map(async (end) => lookUp(`${"a".repeat(200)}${end}`, `pcre:${file}`)),
        );
        assert.equal(said.join("").includes("match limit exceeded"), marked.has(index), line);
      }
    });
  }
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}

/** What postmap(1) complains of. */
async function lookUp(key: string, table: string): Promise<string> {
  return execute("postmap", ["-q", key, table]).then(
    ({ stderr }) => stderr,
    (failure: unknown) =>
      typeof failure === "object" && failure !== null && "stderr" in failure ? String(failure.stderr) : "",
  );
}
