import assert from "node:assert/strict";
import { test } from "node:test";
import { scratchFolder } from "../server/scratch.ts";
import { postmaster } from "./run-cli.ts";

const SERVER = {
  "main.cf": `myhostname = mail.example.com
mydestination = $myhostname
alias_maps = hash:$config_directory/aliases
virtual_alias_domains = alias.example
virtual_alias_maps = hash:$config_directory/virtual
virtual_mailbox_domains = box.example, other.example
virtual_mailbox_maps = hash:$config_directory/boxes
virtual_mailbox_base = /srv/mail
transport_maps = mysql:$config_directory/transport.cf
`,
  "master.cf": `smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o receive_override_options=no_address_mappings
smtp unix - - n - - smtp
virtual unix - n n - - virtual
local unix - n n - - local
`,
  aliases: 'root: anna, "|/usr/bin/filter -x", :include:/etc/list\n',
  virtual:
    "team@alias.example bert@box.example, carl@far.example\nring@alias.example ring2@alias.example\nring2@alias.example ring@alias.example\n",
  boxes: "bert@box.example box.example/bert/\n",
};

async function route(args: readonly string[], files: Readonly<Record<string, string>> = SERVER) {
  await using scratch = await scratchFolder(files);
  const result = await postmaster(["route", "--config", scratch.folder, ...args]);
  return { ...result, output: result.out.replaceAll(`${scratch.folder}/`, "") };
}

const withoutDatabase = { ...SERVER, "main.cf": SERVER["main.cf"].replace(/^transport_maps.*$/m, "") };

test("each step says what decided it, and a recipient that expands is followed to all its ends", async () => {
  const { output, code } = await route(["team@alias.example"], withoutDatabase);
  assert.equal(
    output,
    `team@alias.example
  alias        team@alias.example → bert@box.example, carl@far.example  [virtual:1 virtual_alias_maps]
→ bert@box.example
  class        virtual mailbox: delivered here, without system users  [main.cf:6 virtual_mailbox_domains]
  transport    virtual, next hop box.example  [virtual_transport, the default]
  mailbox      /srv/mail/box.example/bert/  [boxes:1 virtual_mailbox_maps]
→ carl@far.example
  class        none of this server's domains: elsewhere, for those who may relay
  transport    smtp, next hop far.example  [default_transport, the default]
  delivery     by SMTP to the hosts that the MX records of far.example name; this needs DNS

`,
  );
  assert.equal(code, 0);
});

test("what smtpd would refuse is said with its reply, and the exit status tells", async () => {
  const { output, code } = await route(["nobody@other.example"], withoutDatabase);
  assert.match(
    output,
    /refused {6}smtpd does not know it \(virtual_mailbox_maps\): 550 5\.1\.1 <nobody@other\.example>: .*User unknown in virtual mailbox table/,
  );
  assert.equal(code, 1);
});

test("a circle of aliases is named, with the limit that ends it", async () => {
  const { output, code } = await route(["ring@alias.example"], withoutDatabase);
  assert.match(output, /refused {6}ring@alias\.example is still not at its end after 1000 turns, probably a circle/);
  assert.equal(code, 1);
});

test("an alias is followed through aliases and lists to its ends, each step with its line, and copies and fallbacks are told", async () => {
  const { output, code } = await route(["staff@mail.example.com"], {
    ...withoutDatabase,
    "main.cf": `${withoutDatabase["main.cf"]}recipient_bcc_maps = inline:{ staff@mail.example.com=vault@box.example }
fallback_transport = smtp:[mx.example]
smtp_fallback_relay = [relay.example]
`,
    aliases: "staff: :include:/etc/postfix/staff\nring: ring2\nring2: ring, anna\n",
    staff: "# the staff\nring\n|/bin/sh, carl@far.example\n",
  });
  assert.equal(
    output,
    `staff@mail.example.com
  copy         to vault@box.example  [recipient_bcc_maps, inline:staff@mail.example.com=vault@box.example]
→ staff@mail.example.com
  class        local: a domain of this machine itself  [main.cf:2 mydestination]
  transport    local, next hop mail.example.com  [local_transport, the default]
  alias        staff → the list in /etc/postfix/staff  [aliases:1 alias_maps]
  list         /etc/postfix/staff → ring, the command /bin/sh, carl@far.example  [staff:2 alias_maps]
  alias        ring → ring2  [aliases:2 alias_maps]
  alias        ring2 → ring, anna  [aliases:3 alias_maps]
  bounces      alias database loop for ring, or recipient nesting limit exceeded  [aliases:3 alias_maps]
  bounces      alias database loop for anna, or recipient nesting limit exceeded  [aliases:3 alias_maps]
  bounces      mail to command is restricted: /bin/sh  [staff:3 alias_maps]
→ anna@mail.example.com
  class        local: a domain of this machine itself  [main.cf:2 mydestination]
  transport    local, next hop mail.example.com  [local_transport, the default]
  mailbox      to the user anna, if this machine has one: mail_spool_directory = /var/mail (unless ~/.forward says otherwise)  [mail_spool_directory, the default]
  else         if this machine has no such user: smtp:[mx.example]  [main.cf:11 fallback_transport]
  known?       whether smtpd knows the recipient: local_recipient_maps: a unix: table is not asked from here
→ carl@far.example
  class        none of this server's domains: elsewhere, for those who may relay
  transport    smtp, next hop far.example  [default_transport, the default]
  delivery     by SMTP to the hosts that the MX records of far.example name; this needs DNS
  else         if no host there takes it: [relay.example]  [main.cf:12 smtp_fallback_relay]
→ vault@box.example
  class        virtual mailbox: delivered here, without system users  [main.cf:6 virtual_mailbox_domains]
  transport    virtual, next hop box.example  [virtual_transport, the default]
  no mailbox   virtual_mailbox_maps has no mailbox for it: it bounces with “unknown user”
  refused      smtpd does not know it (virtual_mailbox_maps): 550 5.1.1 <vault@box.example>: Recipient address rejected: User unknown in virtual mailbox table

`,
  );
  assert.equal(code, 1);
});

test("aliases of local users show commands, files and lists", async () => {
  const { output } = await route(["root@mail.example.com"], withoutDatabase);
  assert.match(
    output,
    /alias {8}root → anna, the command \/usr\/bin\/filter -x, the list in \/etc\/list {2}\[aliases:1 alias_maps\]/,
  );
});

test("of a list with more addresses than are followed it is said that the rest is left out", async () => {
  const members = Array.from({ length: 1001 }, (_, index) => `m${index}@far.example`);
  const { output, code } = await route(["all@mail.example.com"], {
    ...withoutDatabase,
    aliases: "all: :include:/etc/postfix/members\n",
    members: `${members.join("\n")}\n`,
  });
  assert.match(output, /list {9}\/etc\/postfix\/members → m0@far\.example, .*m19@far\.example and 981 more {2}\[/);
  assert.match(output, /unknown .*only the first 1000 targets are followed here/);
  assert.match(output, /→ m998@far\.example\n/);
  assert.doesNotMatch(output, /→ m999@far\.example/);
  assert.equal(code, 1);
});

test("a database is unknown, never taken for empty", async () => {
  const { output, code } = await route(["carl@far.example"]);
  assert.match(output, /unknown {6}transport_maps: /);
  assert.doesNotMatch(output, /delivery/);
  assert.equal(code, 1);
});

test("the service that takes the mail in has its own options; JSON has the same steps", async () => {
  const { out } = await runRoute(["--service", "submission", "--format", "json", "team@alias.example"]);
  const told: unknown = JSON.parse(out);
  assert.ok(typeof told === "object" && told !== null && "destinations" in told && Array.isArray(told.destinations));
  assert.deepEqual(told.destinations[0], {
    address: "team@alias.example",
    recipient: "team@alias.example",
    class: "virtual-alias",
    transport: "error",
    nexthop: "5.1.1 User unknown in virtual alias table",
    check: "listed",
  });
});

test("an address with an extension goes where its own entry says, else where the address without it goes", async () => {
  const main = `mydestination =
relay_domains = far.example
recipient_delimiter = +
transport_maps = inline:{{anna@far.example = smtp:[one.example]}, {anna+own@far.example = smtp:[own.example]}, {far.example = smtp:[all.example]}}
`;
  const server = { ...SERVER, "main.cf": main };
  for (const [address, hop] of [
    ["anna+x@far.example", "one.example"],
    ["anna+own@far.example", "own.example"],
    ["bert+x@far.example", "all.example"],
  ] as const) {
    const { output } = await route([address], server);
    assert.match(output, new RegExp(`transport +smtp, next hop \\[${hop}\\]`), output);
  }
});

test("wrong usage says what is meant", async () => {
  const unknown = await runRoute(["--service", "nosuch", "a@b.example"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /no smtpd service called “nosuch”/);
  assert.equal((await postmaster(["route", "--config", "/nonexistent", "a@b.example"])).code, 2);
  assert.equal((await runRoute([])).code, 2);
});

test("an address with escapes in it does not reach the terminal", async () => {
  const { out } = await runRoute(["\u001b[31mred@far.example"]);
  assert.ok(!out.includes("\u001b"));
});

function runRoute(args: readonly string[]) {
  return route(args, withoutDatabase);
}
