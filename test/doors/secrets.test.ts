import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { postmaster, scratch } from "../cli/run-cli.ts";
import { startClient } from "../server/client.ts";
import { scratchFolder } from "../server/scratch.ts";
import { everythingSaid } from "./lib/everything-said.ts";

/** Every secret begins so; what stands behind tells where it was planted. */
const CANARY = "Canary7";
let planted = 0;
function secret(): string {
  planted += 1;
  return `${CANARY}x${planted}`;
}

/** Every place where a mail server keeps a password, also where somebody made a mistake beside it. */
function files(): Readonly<Record<string, { readonly language: string; readonly text: string }>> {
  const config = (text: string) => ({ language: "postfix-main-cf", text });
  const table = (text: string) => ({ language: "postfix-table", text });
  const client = (text: string) => ({ language: "postfix-table-config", text });
  return {
    "postfix/main.cf": config(`myhostname = mail.example.com
relayhost = [smtp.example.net]:587
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = texthash:/etc/postfix/sasl_passwd, inline:{ {[a.example]:587 = user:${secret()}} }, static:user:${secret()}
lmtp_sasl_password_maps = texthash:/etc/postfix/sasl_passwd inline:{b=user:${secret()}}
smtpd_relay_restrictions = reject_unauth_destination
virtual_mailbox_maps = mysql:/etc/postfix/mysql.cf mongodb:/etc/postfix/mongo.cf pgsql:/etc/postfix/pgsql.cf mysql:oldstyle
smtpd_sender_login_maps = proxy:ldap:/etc/postfix/ldap.cf
oldstyle_password = ${secret()}
oldstyle_password = ${secret()}
other_password = \${oldstyle_password}
bind_pw ${secret()}
db_passwrd = ${secret()}
  second_password = ${secret()}
my_password =${secret()} # ${secret()}
`),
    "postfix/master.cf": {
      language: "postfix-master-cf",
      text: `smtp unix - - n - - smtp\n  -o smtp_sasl_password_maps=inline:{c=user:${secret()}} -o my_password=${secret()}\n  -o other_password = ${secret()}\nx unix - n n - - pipe user=vmail argv=/x --password=${secret()}\n`,
    },
    "postfix/sasl_passwd": table(
      `# accounts\n[smtp.example.net]:587 user:${secret()}\n[smtp.example.net]:587 user:${secret()}\n[b.example]:587\n  user:${secret()}\nc.example: user:${secret()}\n"d.example user:${secret()}\n[e.example]:587=user:${secret()}\n user:${secret()}\n`,
    ),
    "postfix/mysql.cf": client(
      `hosts = 127.0.0.1\nuser = vmail\npassword = ${secret()}\npassword = ${secret()}\npassword ${secret()}\n  ${secret()}\nquery = SELECT '%s' \n`,
    ),
    "postfix/mongo.cf": client(`uri = mongodb://user:${secret()}@db.example/x\ncollection = x\n`),
    "postfix/pgsql.cf": client(
      `hosts = postgresql://u:${secret()}@db.example/x\ndbname = host=x password=${secret()}\n`,
    ),
    "postfix/ldap.cf": client(`server_host = ldap://x\nbind_dn = cn=x\nbind_pw = ${secret()}\nbindpw=${secret()}\n`),
    "iredapd/settings.py": {
      language: "python",
      text: `from libs.default_settings import *\nplugins = ['greylisting']\nvmail_db_password = '${secret()}'\niredapd_db_password = "${secret()}\nALLOWED_FORGED_SENDERS = []\n`,
    },
    "dovecot/dovecot.conf": {
      language: "plaintext",
      text: `ssl = yes\npassdb {\n  driver = static\n  args = password=${secret()}\n}\nconnect = host=x dbname=y password=${secret()}\ndisable_plaintext_auth = yes\n`,
    },
  };
}

/** Lines whose fixes read and edit those files. */
const LOG = `Nov 22 10:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<PC7>
Nov 22 10:00:01 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 554 5.7.1 <a@example.com>: Recipient address rejected: SMTP AUTH is required for users under this sender domain; from=<a@example.com> to=<b@example.com> proto=ESMTP helo=<x.example>
Nov 22 10:00:02 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 554 5.7.1 <a@example.com>: Recipient address rejected: Sender is not same as SMTP authenticate username; from=<a@example.com> to=<b@example.com> proto=ESMTP helo=<x.example>
Nov 22 10:00:03 mail dovecot: imap-login: Disconnected (tried to use disallowed plaintext auth): user=<>, rip=192.0.2.7, lip=192.0.2.1, session=<x>
Nov 22 10:00:04 mail postfix/smtp[2]: warning: SASL authentication failed; server smtp.example.net[192.0.2.9] said: 535 5.7.8 no
`;

function assertNoSecret(text: string, where: string): void {
  const at = text.indexOf(CANARY);
  assert.equal(at, -1, `${where} tells a secret: ${text.slice(Math.max(0, at - 200), at + 40)}`);
}

test("no secret is in anything the server says", async (context) => {
  await using server = await scratchFolder({ "mail.log": LOG });
  const all = files();
  for (const [name, { text }] of Object.entries(all)) await server.write(name, text);
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  await client.open(server.uri("mail.log"), "postfix-log");
  for (const [name, { language, text }] of Object.entries(all)) await client.open(server.uri(name), language, text);
  const uris = ["mail.log", ...Object.keys(all)].map((name) => server.uri(name));
  const { markdown, plain, addresses } = await everythingSaid(client, uris, { explain: false });
  assert.ok(markdown.length > 100 && plain.length > 1000);
  for (const { at, text } of [...markdown, ...plain, ...addresses]) assertNoSecret(text, at);
  context.diagnostic(`${planted} secrets, ${markdown.length + plain.length} texts`);
});

test("no secret is in anything the command line prints", async (context) => {
  const folder = await scratch(context);
  for (const [name, { text }] of Object.entries(files())) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  await writeFile(path.join(folder, "mail.log"), LOG);
  const runs = [
    ["check", "."],
    ["check", "--format", "json", "."],
    ["check", "--format", "sarif", "."],
    ["check", "postfix/sasl_passwd", "postfix/mysql.cf", "iredapd/settings.py", "dovecot/dovecot.conf"],
    ["parse", "mail.log"],
    ["trace", "a@example.com", "mail.log"],
    ["check", "--fix", "."],
  ];
  for (const args of runs) {
    const { out, err } = await postmaster(args, { cwd: folder });
    assertNoSecret(out + err, args.join(" "));
  }
});
