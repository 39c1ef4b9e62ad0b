import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { openLog } from "@postmaster/core/features/open-log.ts";
import { openTrace } from "@postmaster/core/features/trace/open-trace.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import { isBorn } from "@postmaster/core/trace/links.ts";
import type { Mail } from "@postmaster/core/trace/mail.ts";
import { mailFacts, type RecipientFacts } from "@postmaster/core/trace/mail-facts.ts";
import { type MailState, mailState } from "@postmaster/core/trace/mail-state.ts";
import { readStep } from "@postmaster/core/trace/read-step.ts";
import { findTraces, type Trace } from "@postmaster/core/trace/trace.ts";
import { createTraceBook, type TraceBook } from "@postmaster/core/trace/trace-book.ts";
import { readLogs } from "@postmaster/server/cli/trace/read-logs.ts";
import { eventually } from "../../eventually.ts";
import { createStage, type Stage } from "./stage.ts";
import data from "./stories.json" with { type: "json" };

/*
 * Real mails through a real Postfix. What became of each is known, because each was sent to become that; the traces must say the same.
 */

interface Expectation {
  /** In the order of time: sender, recipients with their outcomes in the order of their addresses. */
  readonly mails: readonly string[];
  readonly links?: readonly string[];
  /** Of the mail that was sent; gone from the queue unless said. */
  readonly state?: string;
}

const stories = data.map((story, index) => ({ ...story, messageId: `story-${index}@client.example` }));
type KnownStory = (typeof stories)[number] & Expectation;

const engine = createCatalogueEngine();
let stage: Stage;
let book: TraceBook;

before(async () => {
  stage = await createStage();
  await Promise.all(stories.map((story) => stage.send(story, story.messageId)));
  const acting = stories.filter(({ then }) => then !== undefined);
  const ids = await Promise.all(acting.map((story) => restingId(story.messageId)));
  stage.cheerUp();
  for (const [index, story] of acting.entries()) await stage.act(story.then ?? "", ids[index] ?? "");
  await eventually(
    "the ends of all stories",
    async () => {
      book = bookOf(await stage.postfix.log.text());
      return stories.every((story) => isAsExpected(story));
    },
    { within: 20_000 },
  ).catch(() => null);
});
after(() => stage[Symbol.asyncDispose]());

suite("the trace of a real mail is what is known to have happened", () => {
  for (const story of stories) {
    test(story.what, () => {
      assert.deepEqual(told(story), expected(story));
    });
  }

  test("an editor that reads only the lines of a mail tells the same story", async () => {
    const text = await stage.postfix.log.text();
    const log = openLog(createLogDocument(engine, text));
    const lines = text.split("\n");
    for (const { messageId } of stories) {
      const line = lines.findIndex((one) => one.includes(`message-id=<${messageId}>`));
      const trace = openTrace(log, line, 0, { notAfter: Date.now() + 60_000, zone: 0 });
      const [whole] = findTraces(bookOf(text), messageId).traces;
      assert.ok(trace !== null && whole !== undefined);
      assert.deepEqual(storyText(trace), storyText(whole));
      assert.deepEqual(
        trace.mails.map(({ session }) => session?.refusals.length ?? null),
        whole.mails.map(({ session }) => session?.refusals.length ?? null),
      );
    }
  });

  test("rotated, one part compressed, given in any order, the log tells the same stories", async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), "postmaster-rotated-"));
    t.after(() => rm(folder, { recursive: true }));
    const text = await stage.postfix.log.text();
    const lines = text.trimEnd().split("\n");
    const [a, b] = [Math.floor(lines.length / 3), Math.floor((lines.length * 2) / 3)];
    const parts = [lines.slice(0, a), lines.slice(a, b), lines.slice(b)].map((part) => `${part.join("\n")}\n`);
    const names = ["mail.log.2.gz", "mail.log.1", "mail.log"].map((name) => path.join(folder, name));
    for (const [index, name] of names.entries()) {
      await writeFile(name, name.endsWith(".gz") ? gzipSync(parts[index] ?? "") : (parts[index] ?? ""));
      const closed = Date.now() / 1000 + index;
      await utimes(name, closed, closed);
    }
    const [oldest = "", middle = "", current = ""] = names;
    const time = { year: null, zone: "UTC" };
    const whole = bookOf(text);
    for (const { messageId } of stories) {
      const rotated = createTraceBook();
      const reading = { question: messageId, time, engine: () => engine, output: { isClosed: false } };
      assert.deepEqual(await readLogs([current, oldest, middle], reading, rotated), []);
      const [one, other] = [rotated, whole].map((from) => findTraces(from, messageId).traces.map(storyText));
      assert.deepEqual(one, other, messageId);
    }
  });

  test("there are enough of them, and no line of a mail is missing", () => {
    assert.ok(stories.length >= 30);
    for (const mail of book.mails()) {
      const trace = findTraces(book, mail.queueId).traces.find(({ mails }) => mails.includes(mail));
      assert.ok(trace !== undefined);
      assert.deepEqual(
        mailFacts(mail, isBorn(mail, trace.links)).missing,
        [],
        mail.steps.map(({ message }) => message).join("\n"),
      );
    }
  });
});

interface Told {
  readonly mails: readonly string[];
  readonly links: readonly string[];
  readonly state: MailState;
}

function expected({ mails, links = [], state = "gone" }: Expectation): object {
  return { mails, links, state };
}

function told({ messageId }: { readonly messageId: string }): Told | string {
  const { traces } = findTraces(book, messageId);
  const [trace] = traces;
  if (trace === undefined || traces.length > 1) return `${traces.length} traces`;
  const [sent] = trace.mails;
  if (sent === undefined) return "no mail";
  return { ...storyText(trace), state: mailState(mailFacts(sent, false)) };
}

function storyText(trace: Trace): { readonly mails: readonly string[]; readonly links: readonly string[] } {
  return {
    mails: trace.mails.map((mail) => mailText(mail, trace)),
    links: trace.links
      .map(({ from, to, kind }) => `${trace.mails.indexOf(from)} ${kind} ${trace.mails.indexOf(to)}`)
      .toSorted(),
  };
}

function isAsExpected(story: KnownStory): boolean {
  try {
    assert.deepEqual(told(story), expected(story));
    return true;
  } catch {
    return false;
  }
}

function mailText(mail: Mail, trace: Trace): string {
  const facts = mailFacts(mail, isBorn(mail, trace.links));
  const recipients = facts.recipients.map(recipientText).toSorted().join(", ");
  return `${facts.sender === "" ? "<>" : facts.sender} > ${recipients}`.trimEnd();
}

function recipientText({ address, original, outcome, attempts }: RecipientFacts): string {
  const was = original === null ? "" : ` (was ${original})`;
  return `${address}${was} ${outcome}${attempts.length > 1 ? ` (${attempts.length} attempts)` : ""}`;
}

function bookOf(log: string): TraceBook {
  const made = createTraceBook();
  log.split("\n").forEach((text, index) => {
    const line = engine.readText(text);
    const ms = line.time === null ? null : logTimeMs(line.time, { notAfter: Date.now() + 60_000, zone: 0 });
    const step = readStep(line, { source: 0, line: index + 1, ms, time: null });
    if (step !== null) made.add(step);
  });
  return made;
}

/** The queue id of a mail, once it waits: put off, or held. */
function restingId(messageId: string): Promise<string> {
  return eventually(`the rest of ${messageId}`, async () => {
    const log = await stage.postfix.log.text();
    const id = log.split(`: message-id=<${messageId}>`, 1)[0]?.split(" ").at(-1) ?? "";
    const rests = log.includes(`${id}: hold: `) || log.split("\n").some((line) => line.includes(`${id}: to=<`));
    return log.includes(`${id}: message-id=<${messageId}>`) && rests ? id : null;
  });
}
