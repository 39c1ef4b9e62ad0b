import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { startAmavis } from "./amavis-instance.ts";
import { caseFiles, dovecotFile, fillPlaces, type Places } from "./case-files.ts";
import { makeCertificate } from "./certificate.ts";
import { spoilDatabases } from "./databases.ts";
import { type DnsServer, startDnsServer, type Zone } from "./dns-server.ts";
import { createDovecot, type DovecotInstance } from "./dovecot-instance.ts";
import { type Editor, startEditor } from "./editor.ts";
import { type LogFile, logFile } from "./log-file.ts";
import { type PolicyServer, startPolicyServer } from "./policy/policy-server.ts";
import { createPostfix, type PostfixInstance } from "./postfix-instance.ts";
import {
  accountsOf,
  type ProgramProvocation,
  type ProofCase,
  type Provocation,
  type SessionProvocation,
} from "./proof-case.ts";
import { runProgram, tryProgram } from "./run-program.ts";
import { createScratch, freePorts } from "./scratch.ts";
import { startSmtpSink } from "./smtp-sink.ts";
import { linkBelowSystem } from "./system-link.ts";

/** The servers of a run; every case is played on the same ones, one after the other. */
export interface World extends AsyncDisposable {
  readonly postfix: PostfixInstance;
  readonly editor: Editor;
  /** Where the editor finds a file of the configuration. */
  seenAt(file: string): string;
  /** Everything as the case begins: configuration on disk and in force, nothing remembered. */
  begin(proofCase: ProofCase): Promise<void>;
  portOf(via: SessionProvocation["via"]): number;
  /** Run a program on this instance: what it prints is `logOf("program")`. */
  run(command: ProgramProvocation["run"]): Promise<void>;
  logOf(via: Provocation["via"]): LogFile;
  restart(service: "postfix" | "iredapd" | "dovecot" | "amavis", proofCase: ProofCase): Promise<void>;
  /** Let Amavis listen, until the next case begins. */
  startFilter(): Promise<void>;
}

/** Names every case may use as senders' and clients' hosts. */
const KNOWN_HOSTS: Zone = {
  "mail.stranger.example": { A: "192.0.2.99" },
  "stranger.example": { A: "192.0.2.99" },
  "partner.example": { A: "192.0.2.44" },
};
const FILTER_PORT = 10024;

/** Zones name places as the files of cases do. */
function filledZone(zone: Zone, places: Places): Zone {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same zone, its texts filled in
  return JSON.parse(fillPlaces(JSON.stringify(zone), places)) as Zone;
}

export async function createWorld(): Promise<World> {
  const stack = new AsyncDisposableStack();
  try {
    const scratch = stack.use(await createScratch());
    const dns: DnsServer = stack.use(await startDnsServer());
    const [smtp = 0, submission = 0, policyPort = 0, imap = 0, pop = 0, remote = 0] = await freePorts(6);
    const policy: PolicyServer = stack.use(await startPolicyServer(policyPort));
    const dovecot: DovecotInstance = stack.use(await createDovecot(scratch.directory));
    const postfix = stack.use(await createPostfix(scratch.directory, dns.address));
    const editor = stack.use(await startEditor(scratch.directory));
    const filter = `127.24.${policyPort % 250}.${1 + (smtp % 250)}`;
    const daemons = (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim();
    const release = (await runProgram("postconf", ["-d", "-h", "mail_version"])).split(".").slice(0, 2).join(".");
    const certificate = await makeCertificate(await scratch.folder("tls"));
    const shown = {
      cert: await readFile(certificate.cert, "utf8"),
      key: await readFile(certificate.key, "utf8"),
    };
    const places: Places = {
      dir: scratch.directory,
      daemons,
      smtp,
      submission,
      policy: policyPort,
      imap,
      pop,
      remote,
      filter,
      ...certificate,
    };
    const installed = stack.use(await linkBelowSystem(postfix.directory));
    let seen = postfix.directory;
    let sink: AsyncDisposable | null = null;
    stack.defer(async () => sink?.[Symbol.asyncDispose]());
    const printed = logFile(path.join(scratch.directory, "log", "printed"));
    const settingsFile = path.join(postfix.directory, "settings.py");

    const world: Omit<World, typeof Symbol.asyncDispose> = {
      postfix,
      editor,
      seenAt: (file) => path.join(seen, file),
      async begin(proofCase) {
        await sink?.[Symbol.asyncDispose]();
        sink = null;
        await editor.closeConfiguration();
        const { remote: script, remotePort } = proofCase;
        if (script !== undefined) {
          const sinks = new AsyncDisposableStack();
          sink = sinks;
          // 127.0.0.1 is this machine's own, such as a filter; 127.0.0.2 stands for another server.
          for (const address of remotePort === undefined ? ["127.0.0.1", "127.0.0.2"] : [filter]) {
            sinks.use(
              await startSmtpSink(address, remotePort ?? remote, script, proofCase.remoteTls === true ? shown : null),
            );
          }
        }
        dns.know({ ...KNOWN_HOSTS, ...filledZone(proofCase.dns ?? {}, places) });
        const files = await caseFiles(proofCase.folder, places);
        const usesMailboxes = files.has("dovecot.conf");
        await postfix.load(files, proofCase.unread === true ? "keep running" : "reload");
        await spoilDatabases(postfix.directory, proofCase.databases ?? {});
        seen = proofCase.installed === true ? installed.directory : postfix.directory;
        // Its socket for Postfix lies in the queue, which Postfix makes.
        await dovecot.use(await dovecotFile(usesMailboxes ? proofCase.folder : null, places));
        await postfix.emptyQueue();
        if (files.has("settings.py")) await policy.restart(settingsFile, accountsOf(proofCase));
        await editor.configure({
          configDirectory: seen,
          iredapdSettings: files.has("settings.py") ? settingsFile : "",
          dovecotConfig: usesMailboxes ? dovecot.directory : "",
          operatingSystem: "debian",
          tableTypes: proofCase.tableTypes ?? [],
          postfixVersion: proofCase.postfixVersion ?? (proofCase.finding === undefined ? "" : release),
          "problems.showBenign": true,
          problems: { showBenign: true },
        });
      },
      portOf: (via) => ({ smtp, submission, imap, pop3: pop })[via],
      logOf: (via) => (via === "program" ? printed : via === "imap" || via === "pop3" ? dovecot.log : postfix.log),
      async run([name, ...words]) {
        const filled = words.map((word) => fillPlaces(word, places));
        await appendFile(printed.path, (await tryProgram(name, filled, postfix.environment)).output);
      },
      async restart(service, proofCase) {
        if (service === "postfix") await postfix.restart();
        else if (service === "iredapd") await policy.restart(settingsFile, accountsOf(proofCase));
        else if (service === "dovecot") await dovecot.restart();
        else throw new Error("no fix restarts Amavis by itself");
      },
      async startFilter() {
        const started = new AsyncDisposableStack();
        sink = started;
        started.use(await startSmtpSink("127.0.0.1", remote));
        started.use(await startAmavis(scratch.directory, { address: filter, listen: FILTER_PORT, next: remote }));
      },
    };
    const all = stack.move();
    return { ...world, [Symbol.asyncDispose]: () => all.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
