import assert from "node:assert/strict";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { findRoute } from "@postmaster/core/model/route/find-route.ts";
import type { MailRoute, RouteDelivery, RouteDestination } from "@postmaster/core/model/route/mail-route.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { systemAccounts } from "@postmaster/server/cli/admit/system-accounts.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { patternWorkerUrl } from "@postmaster/server/host/pattern-worker-url.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch } from "../../proof/lib/scratch.ts";
import { emptiedQueue } from "./emptied-queue.ts";

// One Postfix with a local(8) for each domain, set otherwise each. The users are those that every Debian has.

/** `.forward` files by user, `@etc@` the configuration's folder. */
const FORWARDS: Readonly<Record<string, string>> = {
  nobody: "nobody, keep@far.example\n",
  daemon: "# away\ndaemon-mail@far.example\n",
  bin: "nobody\n",
  games: '"|/bin/cat -u"\n',
  lp: "/dev/null\n",
  news: "# nobody\n",
  list: "chief, list@far.example\n",
  irc: "irc@far.example\n",
  "www-data": "www@far.example\n",
  backup: "backup+more, backup@far.example\n",
  man: "plain@far.example\n",
  "man+tag": "tagged@far.example\n",
  "man+a_b": "filtered@far.example\n",
  sys: ":include:@etc@/list\n",
  proxy: "\\proxy, proxy@far.example\n",
  mail: "mapped@far.example\n",
  uucp: "nosuchuser, nobody@ext.example, uucp@ext.example\n",
  sync: "sync-a, sync-b\n",
  "man+list": ":include:@etc@/linked-list\n",
};

/** Symbolic links among them, and where they lead. */
const LINKS: Readonly<Record<string, string>> = { "man+linked": "man", "man+lost": "not-there", "man+folder": "." };

const ALIASES = `chief list
twice nobody, nobody+x, daemon
owned nobody, daemon
owner-owned root
both man, chief
tagged anna@far.example, :include:@etc@/list
sync-a sync
sync-b sync, daemon
`;

const LIST = "lists@far.example, daemon\n";

/** What local(8) is told, for the domain whose first label it is. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  passed: ["mailbox_transport=d-mailbox:", "mailbox_command=/bin/cat", "luser_relay=no@far.example"],
  bytable: ["mailbox_transport_maps=inline:{nobody=d-table:,nosuchuser=d-table:}"],
  fallback: [
    "fallback_transport_maps=inline:{nosuchuser=d-table:}",
    "fallback_transport=d-fallback:",
    "luser_relay=no@far.example",
  ],
  relay: ["luser_relay=$local.$user.${extension?{with}}.$domain@far.example"],
  relaylocal: ["luser_relay=nobody"],
  relaylost: ["luser_relay=nosuchuser@relaylost.example"],
  relaychain: ["luser_relay=other@relaylost.example"],
  ext: ["propagate_unmatched_extensions=alias,forward,include"],
  command: ["mailbox_command=/bin/cat", "mailbox_command_maps=inline:{nobody=/bin/cat}", "forward_path="],
  off: ["forward_path="],
  nodelimiter: ["recipient_delimiter="],
};

const ASKED = [
  ...Object.keys(FORWARDS).map((user) => `${user}@localhost`),
  ...[
    "nobody+x",
    "man+other",
    "man+tag",
    "Man+TAG",
    "MAN",
    "man+a*b",
    "man+linked",
    "man+lost",
    "man+folder",
    "backup+a",
    "root",
    "games+a/b",
    "nosuchuser",
    "nosuch+x",
  ].map((user) => `${user}@localhost`),
  ...["twice", "owned", "both", "tagged", "tagged+x", "chief", "postmaster", "mailer-daemon"].map(
    (user) => `${user}@localhost`,
  ),
  ...[
    "passed",
    "bytable",
    "fallback",
    "relay",
    "relaylocal",
    "relaylost",
    "relaychain",
    "ext",
    "command",
    "off",
  ].flatMap((domain) =>
    [
      "nobody",
      "bin",
      "nosuchuser",
      "other",
      "other+y",
      "man+x",
      "man+tag",
      "tagged+x",
      "sys+z",
      "twice+q",
      "uucp+v",
    ].map((user) => `${user}@${domain}.example`),
  ),
  ...["man", "man+tag", "nosuch+x"].map((user) => `${user}@nodelimiter.example`),
];

const stack = new AsyncDisposableStack();
const patternMatcher = createPatternMatcher(patternWorkerUrl());
let postfix: PostfixInstance;
let told: ReadonlyMap<string, Told> = new Map();

/** What became of one mail and of all that it was forwarded as. */
interface Told {
  /** `transport recipient`, `mailbox recipient`, `|command` or `/file`, sorted. */
  readonly delivered: readonly string[];
  readonly bounces: readonly string[];
}

before(async () => {
  const scratch = stack.use(await createScratch());
  await chmod(scratch.directory, 0o755);
  postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
  const etc = postfix.directory;
  const fill = (text: string): string => text.replaceAll("@etc@", etc);
  const files = {
    "main.cf": mainOf(scratch.directory),
    "master.cf": masterOf(),
    aliases: fill(ALIASES),
    list: LIST,
  };
  await postfix.load(new Map(Object.entries(files)), "reload");
  await mkdir(path.join(etc, "forward"));
  await mkdir(path.join(scratch.directory, "spool"));
  await chmod(path.join(scratch.directory, "spool"), 0o777);
  for (const [user, text] of Object.entries(FORWARDS)) {
    const file = path.join(etc, "forward", user);
    await writeFile(file, fill(text));
    await chmod(file, user === "irc" ? 0o646 : 0o644);
    if (user === "www-data") await chown(file, 1, 1);
  }
  for (const [user, target] of Object.entries(LINKS)) await symlink(target, path.join(etc, "forward", user));
  await symlink("list", path.join(etc, "linked-list"));
  await Promise.all(
    ASKED.map((recipient, index) =>
      runProgram("sh", [
        "-c",
        `printf 'Message-Id: <n${index}@from.example>\\n\\n' | MAIL_CONFIG='${etc}' sendmail -f n${index}@from.example '${recipient}'`,
      ]),
    ),
  );
  told = readLog(
    await emptiedQueue(
      postfix,
      ASKED.map((_, index) => `n${index}@from.example`),
    ),
  );
});

after(async () => {
  await stack.disposeAsync();
  await patternMatcher.close();
});

suite("local(8) does the same with users, their .forward files and those it does not know", () => {
  for (const recipient of ASKED) {
    test(recipient, async () => {
      const files = createNodeFilePort();
      const loaded = await loadMailServer(files, postfix.directory, { defaultOf });
      assert.ok(loaded);
      // The folder is a copy to us, of which nothing is said to be missing: here it can be.
      const server = { ...loaded, isCopy: false };
      const context = { server, service: null, patternMatcher, answerFor: await systemAccounts(server), files };
      const route = await findRoute(context, { recipient, sender: "n@from.example", service: null });
      assert.deepEqual(toldBy(route), told.get(recipient));
    });
  }
});

function toldBy({ destinations }: MailRoute): Told {
  const steps = destinations.flatMap(({ followed }) => followed?.steps ?? []);
  const outputs = steps.flatMap((step) => {
    if (step.kind === "command") return [`|${step.name}`];
    return step.kind === "file" ? [step.name] : [];
  });
  const ends = destinations.flatMap((one) => (one.followed === null ? endOf(one) : []));
  const bounces = destinations.flatMap(({ delivery, followed }) => {
    const otherwise = delivery?.local?.kind === "user" && followed === null ? delivery.local.otherwise : null;
    return otherwise?.kind === "bounces" ? [otherwise.reason] : [];
  });
  return {
    delivered: [...new Set([...ends, ...outputs].map((one) => one.toLowerCase()))].toSorted(),
    bounces: [
      ...new Set([...bounces, ...steps.flatMap((step) => (step.kind === "bounces" ? [step.reason] : []))]),
    ].toSorted(),
  };
}

function endOf({ recipient, delivery }: RouteDestination): readonly string[] {
  return delivery === null ? [] : ended(recipient ?? "", delivery);
}

function ended(recipient: string, { transport, local, passed }: RouteDelivery): readonly string[] {
  if (passed !== null) return ended(recipient, passed);
  if (local === null) return [`${transport} ${recipient}`];
  if (local.kind !== "user") return [];
  const { mailbox, otherwise } = local;
  if (mailbox?.kind === "mailbox") {
    return mailbox.decision.parameter.startsWith("mailbox_command") ? [`|${mailbox.value}`] : [`mailbox ${recipient}`];
  }
  return otherwise?.kind === "discarded" ? [`nowhere ${recipient}`] : [];
}

const LINE = /postfix(?:\/([\w-]+))?\/(discard|local)\[\d+\]: (\w+): to=<([^>]*)>.*status=(sent|bounced) \((.*)\)$/gm;

function readLog(log: string): ReadonlyMap<string, Told> {
  // What is forwarded keeps its Message-Id:, whoever becomes its sender.
  const mails = new Map(
    [...log.matchAll(/\/cleanup\[\d+\]: (\w+): message-id=<n(\d+)@from\.example>/g)].map(([, id = "", index = ""]) => [
      id,
      ASKED[Number(index)],
    ]),
  );
  const all = new Map(ASKED.map((name) => [name, { delivered: new Set<string>(), bounces: new Set<string>() }]));
  for (const [, service = "discard", program, id = "", to = "", status, reason = ""] of log.matchAll(LINE)) {
    const one = all.get(mails.get(id) ?? "");
    if (status === "bounced") one?.bounces.add(reason);
    else if (program === "discard") one?.delivered.add(`${service} ${to.replaceAll('"', "")}`.toLowerCase());
    else one?.delivered.add(deliveredBy(reason, to).toLowerCase());
  }
  return new Map(
    [...all].map(([name, { delivered, bounces }]) => [
      name,
      { delivered: [...delivered].filter((one) => one !== "").toSorted(), bounces: [...bounces].toSorted() },
    ]),
  );
}

function deliveredBy(reason: string, to: string): string {
  const [, kind = "", name = ""] = /^delivered to (command|file): (.*)$/.exec(reason) ?? [];
  if (kind !== "") return kind === "command" ? `|${name}` : name;
  if (reason === "delivered to maildir") return `mailbox ${to}`;
  // Of what is forwarded the new mail's lines tell.
  return reason.startsWith("forwarded as ") ? "" : `nowhere ${to}`;
}

function mainOf(scratch: string): string {
  const domains = Object.keys(SETTINGS).map((name) => `${name}.example`);
  return `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = localhost, mail.example.com, ${domains.join(", ")}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
queue_directory = ${scratch}/queue
data_directory = ${scratch}/data
maillog_file = ${scratch}/log/mail.log
maillog_file_prefixes = ${scratch}
import_environment = MAIL_CONFIG
alias_maps = texthash:${scratch}/etc/aliases
virtual_alias_maps = inline:{ mapped@far.example=mail@localhost }
local_recipient_maps =
recipient_delimiter = +
forward_path = ${scratch}/etc/forward/$user\${recipient_delimiter}$extension, ${scratch}/etc/forward/$user
mail_spool_directory = ${scratch}/spool/
default_transport = discard:
transport_maps = inline:{ ${Object.keys(SETTINGS)
    .map((name) => `{${name}.example = local-${name}:}`)
    .join(" ")} }
`;
}

function masterOf(): string {
  const locals = Object.entries(SETTINGS).map(
    ([name, settings]) =>
      `local-${name} unix - n n - - local\n${settings.map((one) => `  -o { ${one.replace("=", " = ")} }\n`).join("")}`,
  );
  const others = ["d-mailbox", "d-table", "d-fallback"].map(
    (name) => `${name} unix - - n - - discard\n  -o syslog_name=postfix/${name}\n`,
  );
  return `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
${locals.join("")}${others.join("")}`;
}
