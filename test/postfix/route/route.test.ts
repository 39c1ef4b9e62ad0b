import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { addressTokens, internalForm } from "@postmaster/core/model/route/address-tokens.ts";
import { findRoute } from "@postmaster/core/model/route/find-route.ts";
import type { RouteContext } from "@postmaster/core/model/route/forward-file.ts";
import type { MailRoute } from "@postmaster/core/model/route/mail-route.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { patternWorkerUrl } from "@postmaster/server/host/pattern-worker-url.ts";
import { memoryFiles } from "../../core/model/memory-files.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import { askResolve, askRewrite } from "./rewrite-client.ts";
import { type RouteCase, routeCases, routeTables } from "./route-cases.ts";

// One Postfix, with a trivial-rewrite, a cleanup and an smtpd of its own for each case. Mail is put on hold as it comes in: what it was
// expanded to stands in the queue, and nothing is delivered.

const BASE = `compatibility_level = 3.6
myhostname = mail.example.com
mydomain = example.com
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
`;

const cases = routeCases();
const stack = new AsyncDisposableStack();
let postfix: PostfixInstance;
let ports: readonly number[] = [];
let scratchFolder = "";
const matcher = createPatternMatcher(patternWorkerUrl());

before(async () => {
  const scratch = stack.use(await createScratch());
  scratchFolder = scratch.directory;
  postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
  ports = await freePorts(cases.length);
  await postfix.load(
    new Map([["main.cf", mainOf(scratch.directory)], ["master.cf", masterCf()], ...routeTables()]),
    "reload",
  );
  await chmod(path.join(scratch.directory, "queue"), 0o755);
});

after(async () => {
  await stack.disposeAsync();
  await matcher.close();
});

let asked = 0;
for (const [index, one] of cases.entries()) {
  test(`Postfix sends mail the same way: ${one.id}`, async () => {
    const socket = path.join(scratchFolder, "queue/private", `rewrite${index}`);
    const context = await contextOf(one);
    assert.ok(one.questions.length > 0);
    for (const { recipient, sender } of one.questions) {
      const route = await findRoute(context, { recipient, sender, service: null });
      const what = `${one.id}: ${recipient} from <${sender}>`;
      assert.equal(route.stages[0]?.rewritten?.to, await askRewrite(socket, recipient), `${what}: rewritten`);
      const queued = await queuedRecipients(ports[index] ?? 0, sender, recipient);
      if (queued !== null) assert.deepEqual(finalAddresses(route), queued, `${what}: recipients in the queue`);
      for (const destination of route.destinations) {
        const expected = await askResolve(socket, sender, internalForm(addressTokens(destination.address)));
        const chosen = destination.transport.choices.at(-1);
        if (destination.transport.end?.kind === "bad-address") {
          assert.equal(expected.transport, "CHANNEL NOT UPDATED", what);
          continue;
        }
        const told = { transport: chosen?.transport, nexthop: chosen?.nexthop, recipient: destination.recipient };
        assert.deepEqual(told, expected, `${what}: the transport of ${destination.address}`);
      }
      asked += 1;
    }
  });
}

test("enough was asked", (context) => {
  context.diagnostic(`${asked} addresses in ${cases.length} configurations routed as Postfix routes them`);
  assert.ok(asked >= 80);
});

function finalAddresses(route: MailRoute): readonly string[] {
  return route.destinations.map(({ address }) => address).toSorted();
}

async function contextOf({ main }: RouteCase): Promise<RouteContext> {
  const { directory } = postfix;
  const tables = [...routeTables()].map(([name, text]) => [`${directory}/${name}`, text] as const);
  const files = memoryFiles({
    [`${directory}/main.cf`]: BASE + main,
    [`${directory}/master.cf`]: "smtp inet n - n - - smtpd\n",
    ...Object.fromEntries(tables),
  });
  const server = await loadMailServer(files, directory, { defaultOf });
  assert.ok(server);
  return { server, service: null, patternMatcher: matcher, answerFor: () => null, files: null };
}

/** What stands in the queue for a mail to the recipient; null if smtpd does not take such an address at all. */
async function queuedRecipients(port: number, sender: string, recipient: string): Promise<readonly string[] | null> {
  const reply = await smtp({ from: "127.0.0.1", to: "127.0.0.1", port }, [
    "EHLO client.example",
    `MAIL FROM:<${sender}>`,
    `RCPT TO:<${recipient}>`,
    "DATA",
    ["Subject: where to?", "", "."],
  ]);
  if (reply.code !== 250) return null;
  const id = /queued as (\w+)/.exec(reply.text)?.[1];
  const listing = await runProgram("postqueue", ["-c", postfix.directory, "-j"]);
  const mails: unknown[] = listing.split("\n").flatMap((line): unknown[] => (line === "" ? [] : [JSON.parse(line)]));
  const mail = mails.find(
    (one): one is { readonly recipients: readonly { readonly address: string }[] } =>
      typeof one === "object" && one !== null && "queue_id" in one && one.queue_id === id && "recipients" in one,
  );
  assert.ok(mail, reply.text);
  return mail.recipients.map(({ address }) => address).toSorted();
}

function mainOf(scratch: string): string {
  return `${BASE}queue_directory = ${scratch}/queue
data_directory = ${scratch}/data
maillog_file = ${scratch}/log/mail.log
maillog_file_prefixes = ${scratch}
mynetworks = 127.0.0.0/8
smtpd_client_restrictions = check_client_access static:HOLD
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
smtpd_reject_unlisted_recipient = no
enable_long_queue_ids = yes
`;
}

function masterCf(): string {
  const services = cases.flatMap((one, index) => {
    const own = optionsOf(one);
    return [
      `rewrite${index} unix - - n - - trivial-rewrite${own}`,
      `cleanup${index} unix n - n - 0 cleanup -o rewrite_service_name=rewrite${index}${own}`,
      `127.0.0.1:${ports[index]} inet n - n - - smtpd -o cleanup_service_name=cleanup${index} -o rewrite_service_name=rewrite${index}${own}`,
    ];
  });
  return `${[...services, ...STOCK].join("\n")}\n`;
}

/** Of a case's settings, as `-o { name = value }`. */
function optionsOf({ main }: RouteCase): string {
  const settings = main.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return settings.map((line) => ` -o { ${line} }`).join("");
}

const STOCK = [
  "pickup unix n - n 60 1 pickup",
  "cleanup unix n - n - 0 cleanup",
  "qmgr unix n - n 300 1 qmgr",
  "rewrite unix - - n - - trivial-rewrite",
  "bounce unix - - n - 0 bounce",
  "defer unix - - n - 0 bounce",
  "error unix - - n - - error",
  "showq unix n - n - - showq",
  "anvil unix - - n - 1 anvil",
  "postlog unix-dgram n - n - 1 postlogd",
];
