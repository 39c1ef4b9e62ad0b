import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { admissionContext } from "@postmaster/core/model/admission/admission-context.ts";
import { type AdmissionReport, admit } from "@postmaster/core/model/admission/admit.ts";
import { parseAssumption } from "@postmaster/core/model/admission/assumptions.ts";
import { proveRelay } from "@postmaster/core/model/admission/relay-proof.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { servicesRunning } from "@postmaster/core/model/services.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { type ClosablePatternMatcher, createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { startDnsServer, type Zone } from "../../proof/lib/dns-server.ts";
import { createPostfix } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import { startPolicyServer } from "./policy-server.ts";
import { startSaslServer } from "./sasl-server.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = new URL("../../../server/host/pattern/worker.ts", import.meta.url);

/** A session of a fixture; what it leaves out is what a stranger says who is let in. */
interface Session {
  /** `address` or `address/name`. */
  readonly client?: string;
  readonly reverse?: string;
  readonly helo?: string | null;
  readonly sender?: string;
  readonly recipient?: string;
  readonly login?: string | null;
  readonly told?: readonly string[];
}

const STRANGER = {
  client: "198.51.100.7/mail.stranger.example",
  helo: "mail.stranger.example",
  sender: "somebody@stranger.example",
  recipient: "anna@example.com",
} as const;

const ZONE: Zone = {
  "stranger.example": { MX: "10 mail.stranger.example" },
  "mail.stranger.example": { A: "198.51.100.7" },
  "example.com": { A: "127.0.0.1" },
  "listed.example": { MX: "10 mail.stranger.example" },
  "broken.example": "SERVFAIL",
  "50.2.0.192.zen.blocks.example": { A: "127.0.0.2" },
  "listed.example.names.blocks.example": { A: "127.0.0.2" },
};

interface Configuration {
  readonly files: ReadonlyMap<string, string>;
  readonly sessions: Readonly<Record<string, readonly Session[]>>;
  /** Port of each service. */
  readonly ports: Readonly<Record<string, number>>;
}

async function readConfiguration(name: string, places: Readonly<Record<string, string>>): Promise<Configuration> {
  const read = (...parts: readonly string[]): Promise<string> => readFile(path.join(HERE, ...parts), "utf8");
  const services = await read(name, "services.cf");
  const names = [...services.matchAll(/^@(\w+)@/gm)].map(([, service = ""]) => service);
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((service, index) => [service, free[index] ?? 0]));
  const files = new Map<string, string>();
  for (const file of await readdir(path.join(HERE, name))) {
    if (file !== "services.cf" && file !== "sessions.json" && file !== "main.cf")
      files.set(file, await read(name, file));
  }
  const fill = (text: string): string => text.replace(/@(\w+)@/g, (whole, place: string) => places[place] ?? whole);
  const listening = services.replace(/^@(\w+)@/gm, (_, service: string) => `127.0.0.1:${ports[service] ?? 0}`);
  files.set("master.cf", `${fill(listening)}${await read("base", "master.cf")}`);
  files.set("main.cf", fill(`${await read("base", "main.cf")}${await read(name, "main.cf")}`));
  const sessions: unknown = JSON.parse(await read(name, "sessions.json"));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own data; an unknown service has no port and fails
  return { files, sessions: sessions as Configuration["sessions"], ports };
}

/** What Postfix answers at the end: code, enhanced code and text, or that the mail was taken. */
async function askPostfix(port: number, session: Session): Promise<string> {
  const { address, name, reverse } = clientOf(session);
  const helo = session.helo === undefined ? STRANGER.helo : session.helo;
  const shown = address.includes(":") ? `IPV6:${address}` : address;
  const given = (text: string): string => (text === "unknown" ? "[UNAVAILABLE]" : text);
  const reply = await smtp({ from: "127.0.0.1", to: "127.0.0.1", port }, [
    "EHLO test.example",
    `XCLIENT ADDR=${shown} NAME=${given(name)} REVERSE_NAME=${given(reverse)}`,
    ...(helo === null ? [] : [`EHLO ${helo}`]),
    ...((session.login ?? null) === null ? [] : [`AUTH ${session.login ?? ""} secret`]),
    `MAIL FROM:<${session.sender ?? STRANGER.sender}>`,
    `RCPT TO:<${session.recipient ?? STRANGER.recipient}>`,
    "DATA",
    ["Subject: test", "", "test"],
  ]);
  return reply.code < 400 ? "taken" : reply.text;
}

function clientOf(session: Session): { readonly address: string; readonly name: string; readonly reverse: string } {
  const [address = "", given] = (session.client ?? STRANGER.client).split("/");
  const name = given ?? "mail.stranger.example";
  return { address, name, reverse: session.reverse ?? name };
}

/** The policy server says what the session has us told it says. */
function policyAnswer({ told = [] }: Session): string {
  const answer = told.find((text) => text.startsWith("check_policy_service="));
  return answer?.slice("check_policy_service=".length) ?? "DUNNO";
}

async function askOurselves(
  server: MailServer,
  port: number,
  session: Session,
  patternMatcher: ClosablePatternMatcher,
): Promise<{ readonly report: AdmissionReport; readonly relays: boolean }> {
  const { address, name, reverse } = clientOf(session);
  const service = servicesRunning(server, "smtpd").find((one) => one.name === `127.0.0.1:${port}`);
  assert.ok(service);
  const assumptions = (session.told ?? []).map((text) => {
    const assumption = parseAssumption(text);
    assert.ok(assumption, text);
    return assumption;
  });
  const asked = {
    clientAddress: address,
    clientName: name,
    reverseName: reverse,
    helo: session.helo === undefined ? STRANGER.helo : session.helo,
    sender: session.sender ?? STRANGER.sender,
    recipient: session.recipient ?? STRANGER.recipient,
    login: session.login ?? null,
    tls: false,
  };
  const context = admissionContext({ server, service, patternMatcher, answerFor: () => null }, asked, assumptions);
  const report = await admit(context);
  const isTrusted = report.steps.some((step) => step.name === "permit_mynetworks" && step.effect === "permits");
  const { kind } = await context.resolve(context.session.recipient);
  return { report, relays: kind === "foreign" && asked.login === null && !isTrusted };
}

test("the same session, the same reply as a running smtpd", async (context) => {
  await using stack = new AsyncDisposableStack();
  const scratch = stack.use(await createScratch());
  const dns = stack.use(await startDnsServer());
  dns.know(ZONE);
  const [sasl = 0, policyPort = 0] = await freePorts(2);
  stack.use(await startSaslServer(sasl));
  const policy = stack.use(await startPolicyServer(policyPort));
  const postfix = stack.use(await createPostfix(scratch.directory, dns.address));
  const patternMatcher = createPatternMatcher(WORKER, 5000);
  stack.defer(() => patternMatcher.close());
  const daemons = (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim();
  const places = { dir: scratch.directory, daemons, sasl: String(sasl), policy: String(policyPort) };
  const figures = { sessions: 0, agreed: 0, undecided: 0, strangers: 0 };
  const differences: string[] = [];
  for (const name of ["lists", "classes", "early"]) {
    const { files, sessions, ports } = await readConfiguration(name, places);
    await postfix.load(files, "reload");
    const server = await loadMailServer(createNodeFilePort(), postfix.directory, { defaultOf });
    assert.ok(server);
    const closed = new Set(
      proveRelay(server).flatMap(({ service, verdict }) =>
        verdict === "closed" && service !== null ? [service.name] : [],
      ),
    );
    for (const [service, list] of Object.entries(sessions)) {
      for (const session of list) {
        const port = ports[service] ?? 0;
        policy.say(policyAnswer(session));
        const said = await askPostfix(port, session);
        const { report, relays } = await askOurselves(server, port, session, patternMatcher);
        if (relays && closed.has(`127.0.0.1:${port}`) && report.verdict !== "discarded") {
          figures.strangers += 1;
          assert.notEqual(said, "taken", `${name}/${service} is proved closed: ${JSON.stringify(session)}`);
        }
        figures.sessions += 1;
        if (!report.isCertain) {
          figures.undecided += 1;
          continue;
        }
        const ours =
          report.reply === null ? "taken" : `${report.reply.code} ${report.reply.enhanced} ${report.reply.text}`;
        if (ours === said) figures.agreed += 1;
        else differences.push(`${name}/${service} ${JSON.stringify(session)}\n  Postfix: ${said}\n  we say:  ${ours}`);
      }
    }
  }
  context.diagnostic(`${figures.sessions} sessions, ${figures.agreed} agreed, ${figures.undecided} undecided`);
  context.diagnostic(`${figures.strangers} from strangers to strangers at services proved closed, none taken`);
  assert.ok(figures.strangers >= 20, JSON.stringify(figures));
  assert.equal(differences.join("\n"), "");
  assert.ok(figures.agreed >= 400 && figures.undecided <= 10, JSON.stringify(figures));
});
