import { readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "../../../eventually.ts";
import { dovecotFile, fillPlaces, type Places, withoutRepeated } from "../../../proof/lib/case-files.ts";
import { makeCertificate } from "../../../proof/lib/certificate.ts";
import { startDnsServer, type Zone } from "../../../proof/lib/dns-server.ts";
import { createDovecot } from "../../../proof/lib/dovecot-instance.ts";
import { createPostfix, type PostfixInstance } from "../../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../../proof/lib/scratch.ts";
import { smtp } from "../../../proof/lib/smtp-client.ts";
import { startSmtpSink } from "../../../proof/lib/smtp-sink.ts";
import { createDaemonPlace, listening } from "./daemon.ts";
import { startFixedPolicy } from "./fixed-policy.ts";
import { startMilter } from "./milter-server.ts";
import type { Service, Situation, StartStep } from "./situation.ts";

/** The servers of a run; every situation is played on the same ones, one after the other. */
export interface Servers extends AsyncDisposable {
  readonly postfix: PostfixInstance;
  readonly places: Places;
  readonly ports: Readonly<Record<Service, number>>;
  /** Everything as the situation begins: configuration in force, the queue empty, the others listening. */
  begin(situation: Situation): Promise<void>;
  /** A program of others, until the next situation begins. */
  start(step: StartStep): Promise<void>;
  /** Bytes of the log so far. */
  logSize(): Promise<number>;
  /** Wait until the queue manager has tried all there is, then throw away what is left. */
  settle(): Promise<void>;
  /** Where a service could not start, those who knocked still wait at its port: let them in and out before the next situation. */
  drain(via: Service): Promise<void>;
}

const BASE = fileURLToPath(new URL("../base/", import.meta.url));
/** Names every situation may use as senders' and clients' hosts. */
const KNOWN_HOSTS: Zone = {
  "mail.stranger.example": { A: "192.0.2.99" },
  "stranger.example": { A: "192.0.2.99" },
  "partner.example": { MX: "10 mx.partner.example" },
  "mx.partner.example": { A: "127.0.0.1" },
};
const BUSY_QUEUES = ["maildrop", "incoming", "active"];
const ALL_QUEUES = [...BUSY_QUEUES, "deferred", "hold", "corrupt", "bounce", "defer", "trace", "flush"];
/** Longer than any delivery of a situation takes; what then still lies there is stuck. Milliseconds. */
const BUSY_FOR = 1500;

export async function createServers(): Promise<Servers> {
  const stack = new AsyncDisposableStack();
  try {
    const scratch = stack.use(await createScratch());
    const dns = stack.use(await startDnsServer());
    const [
      smtpPort = 0,
      submission = 0,
      smtps = 0,
      postscreen = 0,
      extra = 0,
      remote = 0,
      milter = 0,
      policy = 0,
      closed = 0,
    ] = await freePorts(9);
    const dovecot = stack.use(await createDovecot(scratch.directory));
    const postfix = stack.use(await createPostfix(scratch.directory, dns.address));
    const certificate = await makeCertificate(await scratch.folder("tls"));
    const tls = { cert: await readFile(certificate.cert, "utf8"), key: await readFile(certificate.key, "utf8") };
    const ports = { smtp: smtpPort, submission, smtps, postscreen, extra };
    const places: Places = {
      dir: scratch.directory,
      daemons: (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim(),
      ...ports,
      remote,
      milter,
      policy,
      closed,
      dns: dns.address,
      ...certificate,
    };
    const daemons = stack.use(await createDaemonPlace(scratch.directory, postfix.log.path, dns.address));
    let others = new AsyncDisposableStack();
    stack.defer(() => others.disposeAsync());
    const queue = path.join(scratch.directory, "queue");

    const servers: Omit<Servers, typeof Symbol.asyncDispose> = {
      postfix,
      places,
      ports,
      async begin(situation) {
        await others.disposeAsync();
        others = new AsyncDisposableStack();
        if (situation.remote !== undefined) {
          const shown = situation["remote-tls"] === true ? tls : null;
          for (const address of ["127.0.0.1", "127.0.0.2"]) {
            others.use(await startSmtpSink(address, remote, situation.remote, shown));
          }
        }
        if (situation.milter !== undefined) others.use(await startMilter(milter, situation.milter));
        if (situation.policy !== undefined) others.use(await startFixedPolicy(policy, situation.policy));
        dns.know({ ...KNOWN_HOSTS, ...situation.dns });
        await postfix.load(await filesOf(situation, places), "reload");
        // Its socket for Postfix lies in the queue, which Postfix makes.
        await dovecot.use(await dovecotFile(null, places));
      },
      async start({ start, socket, at }) {
        const command = start.map((word) => fillPlaces(word, places));
        if (at !== undefined) others.use(await daemons.startAt(Number(places[at]), command));
        else others.use(await daemons.start(command));
        if (socket !== undefined) await listening(fillPlaces(String(socket), places));
      },
      async drain(via) {
        await postfix.load(await filesOf(NOTHING_PLANTED, places), "reload");
        await postfix.log.mark();
        await smtp({ from: "127.0.0.1", to: "127.0.0.1", port: ports[via], tls: via === "smtps" }, []);
        await postfix.log.line(["smtpd[", "disconnect from unknown[127.0.0.1]"]);
        // Whoever served the others is gone after a reload, and what it logged stands before what is logged then.
        await postfix.reload();
        await runProgram("postfix", ["status"], postfix.environment);
        await postfix.log.line(["/postfix-script[", "the Postfix mail system is running"]);
      },
      logSize: async () => (await stat(postfix.log.path)).size,
      async settle() {
        await eventually("the queue", async () => (await filesIn(queue, BUSY_QUEUES)).length === 0, {
          within: BUSY_FOR,
        })
          // A situation may be about mail that cannot move.
          .catch(() => null);
        for (const file of await filesIn(queue, ALL_QUEUES)) await rm(file, { force: true });
      },
    };
    const all = stack.move();
    return { ...servers, [Symbol.asyncDispose]: () => all.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

const NOTHING_PLANTED = {};

async function filesOf(
  situation: Pick<Situation, "files" | "main.cf" | "master.cf">,
  places: Places,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map(Object.entries(situation.files ?? {}));
  for (const name of ["main.cf", "master.cf"] as const) {
    const base = await readFile(path.join(BASE, name), "utf8");
    files.set(name, withoutRepeated(fillPlaces(base, places), fillPlaces(situation[name] ?? "", places)));
  }
  return new Map([...files].map(([name, text]) => [name, fillPlaces(text, places)]));
}

async function filesIn(queue: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const inside = await readdir(path.join(queue, name), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const one of inside) if (one.isFile()) found.push(path.join(one.parentPath, one.name));
  }
  return found;
}
