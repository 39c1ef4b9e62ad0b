import { fillPlaces } from "../../../proof/lib/case-files.ts";
import { openLineSession } from "../../../proof/lib/line-session.ts";
import { type SmtpLines, smtp } from "../../../proof/lib/smtp-client.ts";
import { runWithInput } from "./run-with-input.ts";
import type { Servers } from "./servers.ts";
import type { ConversationStep, Mail, Service, Situation, Step } from "./situation.ts";

/** What a situation came to. */
export interface Played {
  readonly situation: Situation;
  /** Where its part of the log begins and ends, in bytes. */
  readonly from: number;
  readonly to: number;
  /** What its programs printed. */
  readonly printed: string;
  /** What did not go as its steps say; null if all did. */
  readonly problem: string | null;
  /** Milliseconds. */
  readonly took: number;
}

/** The entry of a service that could not start: it leaves its last words, and who knocked at its port, to whoever comes next. */
const KEEPS_FAILING = "daemon-keeps-failing";
const STRANGER = "127.0.0.66";

/** Plays a situation to its end: until the log holds what it waits for and the queue is at rest. Never throws. */
export async function play(
  servers: Servers,
  situation: Situation,
  isComplete: (written: string) => boolean,
): Promise<Played> {
  const started = performance.now();
  let from = await servers.logSize().catch(() => 0);
  let problem: string | null = null;
  const printed: string[] = [];
  try {
    await servers.begin(situation);
    await servers.postfix.log.mark();
    from = await servers.logSize();
    for (const step of situation.steps) problem ??= await take(servers, step, printed);
    if (problem === null) await servers.postfix.log.until((log) => isComplete(log + printed.join("")));
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  await servers.settle();
  const to = await servers.logSize();
  if (situation.expect.includes(KEEPS_FAILING)) await servers.drain(doorOf(situation));
  return { situation, from, to, printed: printed.join(""), problem, took: performance.now() - started };
}

/** The service that the last client knocked at; what a situation brings itself is gone with it. */
function doorOf({ steps }: Situation): Service {
  const last = steps.findLast(
    (step): step is ConversationStep => !("run" in step) && !("await" in step) && !("start" in step),
  );
  return last?.via === undefined || last.via === "extra" ? "smtp" : last.via;
}

/** The result: what is not as the step says, or null. */
async function take(servers: Servers, step: Step, printed: string[]): Promise<string | null> {
  if ("await" in step) {
    await servers.postfix.log.line([fillPlaces(step.await, servers.places)]);
    return null;
  }
  if ("run" in step) {
    const [name, ...words] = step.run.map((word) => fillPlaces(word, servers.places));
    printed.push(await runWithInput(name ?? "", words, step.input ?? "", servers.postfix.environment));
    return null;
  }
  if ("start" in step) {
    await servers.start(step);
    return null;
  }
  return converse(servers, step);
}

async function converse(servers: Servers, step: ConversationStep): Promise<string | null> {
  const via = step.via ?? "smtp";
  const client = step.client ?? STRANGER;
  const connection = { from: client, to: "127.0.0.1", port: servers.ports[via], tls: via === "smtps" };
  const lines = step.say ?? (step.mail === undefined ? [] : mailLines(step.mail));
  if (step.reply === null) {
    // Nobody answers: the log says why, and waiting for it is the situation's own business.
    using _session = await openLineSession(connection);
    return null;
  }
  const { text } = await smtp(connection, lines);
  if (step.reply !== undefined && !text.startsWith(step.reply)) return `the answer is "${text}", not "${step.reply}"`;
  return null;
}

function mailLines({ helo, sender, to, text }: Mail): SmtpLines {
  const recipients = to === undefined ? ["anna@example.com"] : [to].flat();
  return [
    `EHLO ${helo ?? "mail.stranger.example"}`,
    `MAIL FROM:<${sender ?? "user@stranger.example"}>`,
    ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
    ...(text === undefined ? [] : ["DATA", text]),
  ];
}
