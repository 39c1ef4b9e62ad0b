import assert from "node:assert/strict";
import { test } from "node:test";
import { routeLines } from "@postmaster/core/features/route/route-lines.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { NOT_FOUND, tablePlace } from "@postmaster/core/model/lookup/lookup-result.ts";
import { findRoute } from "@postmaster/core/model/route/find-route.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { memoryFiles } from "../../model/memory-files.ts";
import { plainPatterns } from "../../model/plain-patterns.ts";

const FOLDER = "/etc/postfix";
const MASTER =
  "smtp inet n - n - - smtpd\nlocal unix - n n - - local\nlmtp unix - - n - - lmtp\nsmtp unix - - n - - smtp\n";

/** What is said of a mail to `anna@host.example` on its own server, of whose users only `anna` exists. */
async function told(
  main: string,
  given: { readonly user?: string; readonly files?: Readonly<Record<string, string>> } = {},
) {
  const { user = "anna", files: more = {} } = given;
  const files = memoryFiles({
    [`${FOLDER}/main.cf`]: `myhostname = host.example\nmydestination = host.example\nlocal_recipient_maps =\nalias_maps =\n${main}`,
    [`${FOLDER}/master.cf`]: MASTER,
    ...more,
  });
  const server = await loadMailServer(files, FOLDER, { defaultOf });
  assert.ok(server);
  const route = await findRoute(
    {
      server,
      service: null,
      patternMatcher: plainPatterns,
      answerFor: (table, key) =>
        key === "anna"
          ? { kind: "found", value: "anna:x:0:0::/home/anna:/bin/sh", place: tablePlace(table) }
          : NOT_FOUND,
      files,
    },
    { recipient: `${user}@host.example`, sender: null, service: null },
  );
  return routeLines(route)
    .filter(({ label }) => !["class", "transport", "delivery", ""].includes(label))
    .map(({ label, text }) => `${label}: ${text}`);
}

test("a user's .forward file is followed, and her own name in it is her mailbox", async () => {
  const files = { "/home/anna/.forward": "# away\nanna, anna@far.example, |/usr/bin/vacation\n" };
  assert.deepEqual(await told("", { files }), [
    "forward: /home/anna/.forward → anna, anna@far.example, the command /usr/bin/vacation",
    "command: /usr/bin/vacation",
    "mailbox: to the user anna: mail_spool_directory = /var/mail",
  ]);
});

test("without a .forward file the mailbox is certain", async () => {
  assert.deepEqual(await told("home_mailbox = Maildir/\n"), ["mailbox: to the user anna: home_mailbox = Maildir/"]);
});

test("a .forward file that names nobody is one that local(8) goes on without", async () => {
  const files = { "/home/anna/.forward": "# nothing yet\n" };
  assert.deepEqual(await told("", { files }), [
    "forward: /home/anna/.forward names nobody: local(8) goes on without it",
    "mailbox: to the user anna: mail_spool_directory = /var/mail",
  ]);
});

test("mailbox_transport takes all mail, of users that do not exist too", async () => {
  const main = "mailbox_transport = lmtp:unix:private/dovecot-lmtp\nluser_relay = other@far.example\n";
  assert.deepEqual(await told(main, { user: "nobody" }), [
    "passed on: to lmtp:unix:private/dovecot-lmtp, whether or not this machine has a user nobody",
  ]);
});

test("mail for a user that does not exist goes where luser_relay says", async () => {
  assert.deepEqual(await told("luser_relay = $user-lost@far.example\n", { user: "bert" }), [
    "relay: this machine has no user bert → bert-lost@far.example",
  ]);
});

test("fallback_transport comes before luser_relay, and nothing is a bounce", async () => {
  assert.deepEqual(
    await told("fallback_transport = smtp:[other.example]\nluser_relay = x@far.example\n", { user: "bert" }),
    ["passed on: this machine has no user bert: smtp:[other.example]"],
  );
  assert.deepEqual(await told("", { user: "bert" }), ['bounces: unknown user: "bert"']);
});
