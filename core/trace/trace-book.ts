import { addTo } from "../collections/lists-by-key.ts";
import { beginsAnother, type Life, lifeAfter, UNBORN } from "./life.ts";
import type { Mail, SmtpSession } from "./mail.ts";
import type { Step } from "./step.ts";

/** All mails and sessions of some logs. Time and memory grow with the lines that are added, and with nothing else. */
export interface TraceBook {
  /** Steps come in the order of the log; those of one host in the order of time. */
  add(step: Step): void;
  /** In the order of their first lines. */
  mails(): readonly Mail[];
  /** Sessions with a NOQUEUE line. */
  sessions(): readonly SmtpSession[];
  /** Lines without a queue id that name a message, by message-id. */
  stored(messageId: string): readonly Step[];
}

interface GrowingMail extends Mail {
  readonly steps: Step[];
  session: GrowingSession | null;
  life: Life;
}

interface GrowingSession extends SmtpSession {
  disconnect: Step | null;
  readonly refusals: Step[];
}

export function createTraceBook(): TraceBook {
  const mails: GrowingMail[] = [];
  /** The mail that has an id now. */
  const current = new Map<string, GrowingMail>();
  const sessions: GrowingSession[] = [];
  /** By process. */
  const open = new Map<string, GrowingSession>();
  const stored = new Map<string, Step[]>();

  function addToMail(step: Step, queueId: string): void {
    const key = `${step.host ?? ""} ${queueId}`;
    let mail = current.get(key);
    // Other programs comment on mails; they do not make any.
    if (mail === undefined && !step.isPostfix) return;
    if (mail === undefined || beginsAnother(mail.life, step.mark)) {
      mail = { host: step.host, queueId, steps: [], session: null, life: UNBORN };
      current.set(key, mail);
      mails.push(mail);
    }
    mail.life = lifeAfter(mail.life, step.mark);
    mail.steps.push(step);
    if (step.said.kind === "arrival" && step.said.client !== null) mail.session = open.get(processOf(step)) ?? null;
  }

  function addToSession(step: Step): void {
    const key = processOf(step);
    const known = step.said.kind === "connect" ? undefined : open.get(key);
    const session = known ?? newSession(step);
    if (step.said.kind === "disconnect") {
      session.disconnect = step;
      open.delete(key);
      return;
    }
    // One postscreen(8) serves all clients at once: its process id ties nothing together.
    if (step.program?.endsWith("postscreen") !== true) open.set(key, session);
    if (step.said.kind === "connect") return;
    if (session.refusals.length === 0) sessions.push(session);
    session.refusals.push(step);
  }

  return {
    add(step) {
      if (step.queueId !== null) addToMail(step, step.queueId);
      else if (step.said.kind === "stored") addTo(stored, step.said.messageId, step);
      else addToSession(step);
    },
    mails: () => mails,
    sessions: () => sessions,
    stored: (messageId) => stored.get(messageId) ?? [],
  };
}

function newSession(step: Step): GrowingSession {
  const { host, program, pid, said } = step;
  return { host, program, pid, connect: said.kind === "connect" ? step : null, disconnect: null, refusals: [] };
}

function processOf({ host, program, pid }: Step): string {
  return `${host ?? ""} ${program ?? ""} ${pid ?? ""}`;
}
