import { spawn } from "node:child_process";
import { chmod, chown, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { caseFiles } from "../../proof/lib/case-files.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { proofEnvironment, runProgram } from "../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import { startSmtpSink } from "../../proof/lib/smtp-sink.ts";
import { startContentFilter } from "./content-filter.ts";

/** A mail that is sent, and what becomes of it. */
export interface Story {
  readonly what: string;
  /** Which service takes it; the plain one unless said. */
  readonly port?: string;
  /** Empty for the null sender. */
  readonly from?: string;
  readonly to: readonly string[];
  readonly header?: string;
  /** What the sender wants to be told, as DSN's NOTIFY. */
  readonly notify?: string;
  /** What is done by hand once the mail has come to rest. */
  readonly then?: string;
}

/** One Postfix with everything around it that a mail may pass. */
export interface Stage extends AsyncDisposable {
  readonly postfix: PostfixInstance;
  /** Sends the mail. Resolves once Postfix has it. */
  send(story: Story, messageId: string): Promise<void>;
  /** Plays the administrator. */
  act(verb: string, queueId: string): Promise<void>;
  /** From now on what was put off is taken. */
  cheerUp(): void;
}

/** What an administrator types to have a mail tried, released from hold, or queued anew. */
const HAND: Readonly<Record<string, (queueId: string) => readonly (readonly string[])[]>> = {
  flush: (id) => [["postqueue", "-i", id]],
  release: (id) => [
    ["postsuper", "-H", id],
    ["postqueue", "-i", id],
  ],
  expire: (id) => [
    ["postsuper", "-e", id],
    ["postqueue", "-i", id],
  ],
  // pickup(8) would look once a minute.
  requeue: (id) => [
    ["postsuper", "-r", id],
    ["postkick", "public", "pickup", "W"],
  ],
};

const PORTS = "smtp submission sink refuse moody halves nobody filter mute filtered silent back second copies".split(
  " ",
);
const NOBODY = 65534;
/** Postfix's, of section 1 of the manual. */
const SENDMAIL = "sendmail";

export async function createStage(): Promise<Stage> {
  const stack = new AsyncDisposableStack();
  try {
    const scratch = stack.use(await createScratch());
    const postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
    const numbers = await freePorts(PORTS.length);
    const portOf = (name: string): number => numbers[PORTS.indexOf(name)] ?? 0;
    const moods: Record<string, string> = { RCPT: "451 4.3.0 not now" };
    stack.use(await startSmtpSink("127.0.0.1", portOf("sink")));
    stack.use(await startSmtpSink("127.0.0.1", portOf("refuse"), { RCPT: "550 5.1.1 no such user here" }));
    stack.use(await startSmtpSink("127.0.0.1", portOf("moody"), moods));
    stack.use(
      await startSmtpSink("127.0.0.1", portOf("halves"), { "RCPT TO:<bad@halves.example>": "550 5.1.1 not this one" }),
    );
    stack.use(await startContentFilter(portOf("filter"), portOf("back"), true));
    stack.use(await startContentFilter(portOf("mute"), portOf("back"), false));
    await configure(postfix, scratch.directory, portOf);
    const all = stack.move();
    return {
      postfix,
      async send(story, messageId) {
        if (story.port === "sendmail") await sendLocally(postfix, story, messageId);
        else await sendBySmtp(portOf(story.port ?? "smtp"), story, messageId);
      },
      async act(verb, queueId) {
        for (const [name = "", ...words] of HAND[verb]?.(queueId) ?? []) {
          await runProgram(name, ["-c", postfix.directory, ...words]);
        }
      },
      cheerUp() {
        delete moods["RCPT"];
      },
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function configure(postfix: PostfixInstance, directory: string, portOf: (name: string) => number): Promise<void> {
  const daemons = (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim();
  const ports = Object.fromEntries(PORTS.map((name) => [name, portOf(name)]));
  for (const name of ["spool", "vmail"]) await mkdir(path.join(directory, name));
  await chmod(path.join(directory, "spool"), 0o1777);
  await chown(path.join(directory, "vmail"), NOBODY, NOBODY);
  await postfix.load(await caseFiles(ETC, { dir: directory, daemons, ...ports }), "reload");
  // The keys of aliases end in a colon, which postalias(1) knows and postmap(1) does not.
  await runProgram("postalias", ["-c", postfix.directory, `lmdb:${path.join(postfix.directory, "aliases")}`]);
}

const ETC = fileURLToPath(new URL("./etc", import.meta.url));

async function sendBySmtp(port: number, story: Story, messageId: string): Promise<void> {
  const notify = story.notify === undefined ? "" : ` NOTIFY=${story.notify}`;
  const lines = [
    "EHLO client.example",
    `MAIL FROM:<${story.from ?? "a@stranger.example"}>`,
    ...story.to.map((address) => `RCPT TO:<${address}>${notify}`),
    "DATA",
    content(story, messageId),
  ];
  await smtp({ from: "127.0.0.2", to: "127.0.0.1", port }, lines);
}

function sendLocally(postfix: PostfixInstance, story: Story, messageId: string): Promise<void> {
  const child = spawn(SENDMAIL, ["-f", story.from ?? "a@stranger.example", ...story.to], {
    env: proofEnvironment(postfix.environment),
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end(`${content(story, messageId).join("\n")}\n`);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`sendmail ended with ${code}`))));
  });
}

function content({ what, header }: Story, messageId: string): readonly string[] {
  return [`Message-Id: <${messageId}>`, `Subject: ${what}`, ...(header === undefined ? [] : [header]), "", "Hello."];
}
