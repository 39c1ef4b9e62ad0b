import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { findRoute } from "@postmaster/core/model/route/find-route.ts";
import type { MailRoute } from "@postmaster/core/model/route/mail-route.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { hasSince, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { patternWorkerUrl } from "@postmaster/server/host/pattern-worker-url.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch } from "../../proof/lib/scratch.ts";
import { emptiedQueue } from "./emptied-queue.ts";

// One Postfix whose users and remote hosts are all discard(8): to whom an alias leads stands in its log.

/** The files that `:include:` names, `@lists@` the folder they lie in. */
const LISTS: Readonly<Record<string, string>> = {
  plain: '# the team\ncarl@far.example\ndora@far.example, "emil"@far.example fred@far.example\n  gina@far.example\n',
  one: "anton@far.example\n:include:@lists@/two\n",
  two: "berta@far.example\n:include:@lists@/one\n",
  itself: ":include:@lists@/itself\n",
  users: "anna, chain\n",
  ring: "ring-a, team\n",
  back: "viaback, zoe@far.example\n",
  programs: "|/bin/cat, @lists@/file\n",
  broken: ":include:@lists@/absent\nanna@far.example\n",
  empty: "# nobody left\n",
};

/** One alias that leads through 24 others to the 26th. */
const LADDER = Array.from({ length: 26 }, (_, step): readonly [string, string] => [`step${step}`, `step${step + 1}`]);

const ALIASES: Readonly<Record<string, string>> = {
  team: "anna, berta@far.example",
  chain: "chain2",
  chain2: "chain3, x@far.example",
  chain3: "ANNA",
  blanks: "anna carl@far.example",
  "ring-a": "ring-b",
  "ring-b": "ring-a, out@far.example",
  "ring-c": "ring-d",
  "ring-d": "ring-c, anna",
  rung: "ring-c",
  itself: "itself",
  copy: "copy, y@far.example",
  quoted: "\\quoted, z@far.example",
  virtual: "mapped@far.example",
  mapback: "back@far.example",
  list: ":include:@lists@/plain",
  circle: ":include:@lists@/one",
  selflist: ":include:@lists@/itself",
  missing: ":include:@lists@/absent, anna@far.example",
  broken: ":include:@lists@/broken",
  folder: ":include:@lists@",
  relative: ":include:lists/plain",
  users: ":include:@lists@/users",
  ring: ":include:@lists@/ring",
  programs: ":include:@lists@/programs",
  command: '"|/bin/cat -u"',
  empty: ":include:@lists@/empty",
  viaback: ":include:@lists@/back",
  twice: ":include:@lists@/plain, :include:@lists@/plain",
  ...Object.fromEntries<string>(LADDER),
};

const ASKED = [...Object.keys(ALIASES).filter((name) => !name.startsWith("step")), "step0", "step1", "step2", "nobody"];

const stack = new AsyncDisposableStack();
const patternMatcher = createPatternMatcher(patternWorkerUrl());
let postfix: PostfixInstance;
let told: ReadonlyMap<string, Told> = new Map();

/** What the log says became of one mail and of all that it was forwarded as. */
interface Told {
  readonly delivered: readonly string[];
  readonly bounces: readonly string[];
}

before(async () => {
  const scratch = stack.use(await createScratch());
  await chmod(scratch.directory, 0o755);
  const lists = path.join(scratch.directory, "etc/lists");
  const fill = (text: string): string => text.replaceAll("@lists@", lists);
  const aliases = Object.entries(ALIASES).map(([name, value]) => `${name} ${fill(value)}\n`);
  postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
  const files = { "main.cf": mainOf(scratch.directory), "master.cf": MASTER, aliases: aliases.join("") };
  await postfix.load(new Map(Object.entries(files)), "reload");
  await mkdir(lists);
  for (const [name, text] of Object.entries(LISTS)) await writeFile(path.join(lists, name), fill(text));
  const environment = { env: { ...process.env, ...postfix.environment } };
  for (const name of ASKED) {
    await runProgram("sh", [
      "-c",
      `printf 'Subject: where to?\\n\\n' | MAIL_CONFIG='${environment.env["MAIL_CONFIG"]}' sendmail -f ${name}@from.example ${name}@localhost`,
    ]);
  }
  told = readLog(
    await emptiedQueue(
      postfix,
      ASKED.map((name) => `${name}@from.example`),
    ),
  );
});

after(async () => {
  await stack.disposeAsync();
  await patternMatcher.close();
});

suite("local(8) follows aliases and lists to the same ends", () => {
  for (const name of ASKED) {
    test(name, async () => {
      const server = await loadMailServer(createNodeFilePort(), postfix.directory, { defaultOf });
      assert.ok(server);
      // The folder is a copy to us, of which nothing is said to be missing: here it can be.
      const context = {
        server: { ...server, isCopy: false },
        service: null,
        patternMatcher,
        answerFor: () => null,
        files: null,
      };
      const request = { recipient: `${name}@localhost`, sender: `${name}@from.example`, service: null };
      assert.deepEqual(toldBy(await findRoute(context, request)), told.get(name));
    });
  }
});

function toldBy({ destinations }: MailRoute): Told {
  const steps = destinations.flatMap(({ followed }) => followed?.steps ?? []);
  const commands = steps.flatMap((step) => (step.kind === "command" ? [`|${step.name}`] : []));
  const ends = destinations.flatMap(({ recipient, followed }) => (followed === null ? [recipient ?? ""] : []));
  return {
    delivered: [...new Set([...ends, ...commands].map((one) => one.toLowerCase()))].toSorted(),
    bounces: steps.flatMap((step) => (step.kind === "bounces" ? [inLog(step.reason)] : [])).toSorted(),
  };
}

const version = parsePostfixVersion(execFileSync("postconf", ["-d", "-h", "mail_version"], { encoding: "utf8" }));
const saysNesting = version !== null && hasSince(version, "3.12", ["3.11.6", "3.10.13", "3.9.14", "3.8.20"]);

/** What stands behind `status=bounced`: of a list that cannot be read the reason is in a warning. */
function inLog(reason: string): string {
  if (reason.includes(":include:")) return "mail system configuration error";
  const [words = "", newer = words] = reason.split(", or ");
  return (saysNesting ? newer : words).replace(/ is restricted: .*/, " is restricted");
}

function readLog(log: string): ReadonlyMap<string, Told> {
  const senders = new Map(
    [...log.matchAll(/\/qmgr\[\d+\]: (\w+): from=<([^@>]*)@from\.example>/g)].map(([, id = "", name = ""]) => [
      id,
      name,
    ]),
  );
  const all = new Map(ASKED.map((name) => [name, { delivered: new Set<string>(), bounces: [] as string[] }]));
  for (const [, program, id = "", to = "", status, reason = ""] of log.matchAll(
    /\/(discard|local)\[\d+\]: (\w+): to=<([^>]*)>.*status=(sent|bounced) \((.*)\)$/gm,
  )) {
    const one = all.get(senders.get(id) ?? "");
    if (status === "bounced") one?.bounces.push(reason);
    else if (program === "discard") one?.delivered.add(to.replaceAll('"', "").toLowerCase());
    else if (reason.startsWith("delivered to command: ")) one?.delivered.add(`|${reason.slice(22)}`);
  }
  return new Map(
    [...all].map(([name, { delivered, bounces }]) => [
      name,
      { delivered: [...delivered].toSorted(), bounces: bounces.toSorted() },
    ]),
  );
}

function mainOf(scratch: string): string {
  return `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = localhost, mail.example.com
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
queue_directory = ${scratch}/queue
data_directory = ${scratch}/data
maillog_file = ${scratch}/log/mail.log
maillog_file_prefixes = ${scratch}
import_environment = MAIL_CONFIG
alias_maps = texthash:${scratch}/etc/aliases
virtual_alias_maps = inline:{ mapped@far.example=other@far.example, back@far.example=team@localhost }
local_recipient_maps =
mailbox_transport = discard:
default_transport = discard:
`;
}

const MASTER = `pickup unix n - n 60 1 pickup
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
`;
