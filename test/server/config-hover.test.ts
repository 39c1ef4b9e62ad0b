import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver";
import { startClient } from "./client.ts";

const MAIN = "file:///srv/nowhere/main.cf";
const MASTER = "file:///srv/nowhere/master.cf";
const MAIN_TEXT = `# smtpd_banner in a comment
smtpd_banner = $myhostname ESMTP
smtpd_use_tls = yes
smtpd_helo_restrictions =
    permit_mynetworks
# in between
    check_helo_access pcre:/etc/postfix/helo
    reject
my_own = \${smtpd_banner?x}
`;
const MASTER_TEXT = `smtp      inet  n       -       y       -       -       smtpd
  -o smtpd_helo_restrictions=reject_unknown_helo_hostname
`;

async function textOver(
  languageId: string,
  uri: string,
  text: string,
  line: number,
  word: string,
): Promise<string | null> {
  await using client = await startClient();
  await client.open(uri, languageId, text);
  const hover = await client.hover(uri, line, (text.split("\n")[line] ?? "").indexOf(word));
  if (hover === null) return null;
  assert.ok(MarkupContent.is(hover.contents));
  return hover.contents.value;
}

test("main.cf: parameters, references, restrictions and table types say what they are", async () => {
  const over = (line: number, word: string) => textOver("postfix-main-cf", MAIN, MAIN_TEXT, line, word);
  assert.match(
    (await over(1, "smtpd_banner")) ?? "",
    /^\*\*`smtpd_banner`\*\* · parameter, text\n\n[^]*Default: `[^]*postconf\(5\)/,
  );
  assert.match((await over(1, "myhostname")) ?? "", /^\*\*`myhostname`\*\*[^]*computed by Postfix/);
  assert.match(
    (await over(2, "smtpd_use_tls")) ?? "",
    /\*Deprecated since Postfix 3\.9\*: use `smtpd_tls_security_level`/,
  );
  assert.match((await over(4, "permit_mynetworks")) ?? "", /· restriction/);
  assert.match((await over(6, "pcre")) ?? "", /^\*\*pcre:\*\* · lookup table type/);
  assert.match((await over(7, "reject")) ?? "", /^\*\*`reject`\*\* · restriction/);
  assert.match((await over(8, "smtpd_banner")) ?? "", /^\*\*`smtpd_banner`\*\*/);
});

test("main.cf: comments and plain words say nothing", async () => {
  const over = (line: number, word: string) => textOver("postfix-main-cf", MAIN, MAIN_TEXT, line, word);
  assert.equal(await over(0, "smtpd_banner"), null);
  assert.equal(await over(1, "ESMTP"), null);
  assert.match(
    (await over(8, "my_own")) ?? "",
    /of this configuration's own\n\n- In effect: `\$\{smtpd_banner\?x\}`, that is `x` \(main\.cf, line 9\)/,
  );
});

test("master.cf: columns, programs and the parameters of -o", async () => {
  const over = (line: number, word: string) => textOver("postfix-master-cf", MASTER, MASTER_TEXT, line, word);
  assert.match((await over(0, "y")) ?? "", /^\*\*chroot\*\* · column 5/);
  assert.match((await over(0, "smtpd")) ?? "", /^\*\*smtpd\*\* · Postfix program/);
  assert.match((await over(1, "smtpd_helo")) ?? "", /^\*\*`smtpd_helo_restrictions`\*\*/);
  assert.match((await over(1, "reject_unknown")) ?? "", /^\*\*`reject_unknown_helo_hostname`\*\* · restriction/);
});

test("semantic tokens tell what a name is, and mark deprecated ones", async () => {
  await using client = await startClient();
  await client.open(MAIN, "postfix-main-cf", MAIN_TEXT);
  const { data } = await client.tokens(MAIN);
  const tokens: [line: number, length: number, type: number, modifiers: number][] = [];
  let line = 0;
  for (let at = 0; at < data.length; at += 5) {
    line += data[at] ?? 0;
    tokens.push([line, data[at + 2] ?? 0, data[at + 3] ?? 0, data[at + 4] ?? 0]);
  }
  assert.deepEqual(tokens, [
    [1, "smtpd_banner".length, 0, 1],
    [1, "myhostname".length, 0, 0],
    [2, "smtpd_use_tls".length, 0, 3],
    [3, "smtpd_helo_restrictions".length, 0, 1],
    [4, "permit_mynetworks".length, 2, 0],
    [6, "check_helo_access".length, 2, 0],
    [7, "reject".length, 2, 0],
    [8, "my_own".length, 1, 1],
    [8, "smtpd_banner".length, 0, 0],
  ]);
});
