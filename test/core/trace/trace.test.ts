import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { absentWords } from "@postmaster/core/report/trace/link-words.ts";
import { absentMails } from "@postmaster/core/trace/absent-mails.ts";
import { type Mail, messageIdOf } from "@postmaster/core/trace/mail.ts";
import { type MailFacts, mailFacts } from "@postmaster/core/trace/mail-facts.ts";
import { mailState } from "@postmaster/core/trace/mail-state.ts";
import { findTraces, type Trace } from "@postmaster/core/trace/trace.ts";
import { bookOf } from "./read-book.ts";

const SAMPLE = readFileSync(new URL("../../../samples/mail.log", import.meta.url), "utf8");

/** The one story that a question finds. */
function storyOf(log: string, question: string): Trace {
  const [story, ...others] = findTraces(bookOf(log), question).traces;
  assert.ok(
    story !== undefined && others.length === 0,
    `one story of ${question}, not ${others.length + (story ? 1 : 0)}`,
  );
  return story;
}

const linksOf = ({ links }: Trace): readonly string[] =>
  links.map(({ from, to, kind }) => `${from.queueId} ${kind} ${to.queueId}`);
const outcomesOf = (facts: MailFacts): readonly string[] =>
  facts.recipients.map(({ address, outcome, attempts }) => `${address} ${outcome} ${attempts.length}`);
const linesOf = (mail: Mail | undefined): readonly number[] => mail?.steps.map(({ place }) => place.line) ?? [];

function onlyMail(story: Trace): Mail {
  const [mail, ...others] = story.mails;
  assert.ok(mail !== undefined && others.length === 0);
  return mail;
}

const PLAIN = `10:00:00 smtpd[1]: connect from a.example[192.0.2.1]
  10:00:00 smtpd[1]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 550 5.1.1 <x@b.example>: Recipient address rejected: User unknown in local recipient table; from=<s@a.example> to=<x@b.example> proto=ESMTP helo=<a.example>
  10:00:01 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1], sasl_method=PLAIN, sasl_username=s
  10:00:01 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
  10:00:01 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1000, nrcpt=2 (queue active)
  10:00:01 smtpd[1]: disconnect from a.example[192.0.2.1] ehlo=1 mail=1 rcpt=2/3 data=1 quit=1 commands=6/7
  10:00:02 smtp[4]: 1A2B3C4D5E: to=<y@b.example>, relay=mx.b.example[192.0.2.9]:25, delay=1.5, delays=0.1/0.2/0.3/0.9, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as FFFFF00000)
  10:00:03 smtp[4]: 1A2B3C4D5E: to=<z@c.example>, relay=none, delay=2, delays=1/0/1/0, dsn=4.4.1, status=deferred (connect to c.example[192.0.2.8]:25: Connection refused)
  10:30:03 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1000, nrcpt=2 (queue active)
  10:30:04 smtp[4]: 1A2B3C4D5E: to=<z@c.example>, relay=none, delay=1803, delays=1802/0/1/0, dsn=4.4.1, status=deferred (connect to c.example[192.0.2.8]:25: Connection refused)`;

suite("one mail", () => {
  test("two recipients with different outcomes, each with its attempts", () => {
    const mail = onlyMail(storyOf(PLAIN, "1A2B3C4D5E"));
    const facts = mailFacts(mail, false);
    assert.deepEqual(outcomesOf(facts), ["y@b.example accepted 1", "z@c.example deferred 2"]);
    assert.deepEqual(
      { ...facts, recipients: null },
      {
        sender: "s@a.example",
        size: 1000,
        recipientCount: 2,
        client: "a.example[192.0.2.1]",
        uid: null,
        saslUsername: "s",
        messageId: "<m1@a.example>",
        recipients: null,
        isRefused: false,
        isDiscarded: false,
        isHeld: false,
        isRemoved: false,
        isRequeued: false,
        missing: [],
      },
    );
    assert.deepEqual(facts.recipients[0]?.attempts[0]?.delays, {
      before: 0.1,
      queue: 0.2,
      connect: 0.3,
      transmit: 0.9,
    });
  });

  test("a rejected recipient belongs to the session the mail came in", () => {
    const { session } = onlyMail(storyOf(PLAIN, "1A2B3C4D5E"));
    assert.deepEqual(
      session?.refusals.map(({ place }) => place.line),
      [2],
    );
    assert.equal(session?.disconnect?.place.line, 6);
  });

  test("expired after its last deferral", () => {
    const log = `${PLAIN}\n11:00:00 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, status=expired, returned to sender`;
    const facts = mailFacts(onlyMail(storyOf(log, "1A2B3C4D5E")), false);
    assert.deepEqual(outcomesOf(facts), ["y@b.example accepted 1", "z@c.example expired 2"]);
  });

  test("a mail that a Milter refused is not one whose lines are missing", () => {
    const facts = mailFacts(
      onlyMail(
        storyOf(
          `10:00:01 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
           10:00:01 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
           10:00:02 cleanup[2]: 1A2B3C4D5E: milter-reject: END-OF-MESSAGE from a.example[192.0.2.1]: 5.7.1 Spam message rejected; from=<s@a.example> to=<y@b.example> proto=ESMTP helo=<a.example>`,
          "s@a.example",
        ),
      ),
      false,
    );
    assert.deepEqual([facts.isRefused, facts.sender, facts.missing], [true, "s@a.example", []]);
  });

  test("held by a rule, released by hand; thrown away; queued anew", () => {
    const begin = `10:00:01 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
      10:00:01 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
      10:00:01 cleanup[2]: 1A2B3C4D5E: `;
    const rule =
      "header X-Do: it from a.example[192.0.2.1]; from=<s@a.example> to=<y@b.example> proto=ESMTP helo=<a.example>";
    const active = "10:00:03 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1000, nrcpt=1 (queue active)";
    const by = (deed: string): string => `10:00:02 postsuper[9]: 1A2B3C4D5E: ${deed}`;
    const stateOf = (...lines: readonly string[]): string =>
      mailState(mailFacts(onlyMail(storyOf(begin + lines.join("\n"), "1A2B3C4D5E")), false));
    assert.equal(stateOf(`hold: ${rule}`), "held");
    assert.equal(stateOf(`hold: ${rule}`, by("released from hold"), active), "open");
    assert.equal(stateOf(`warning: ${rule}`, active, by("placed on hold")), "held");
    assert.equal(stateOf(`discard: ${rule}`), "discarded");
    assert.equal(stateOf(`reject: ${rule}: 5.7.1 no`), "refused");
    const lookup = "warning: 1A2B3C4D5E: virtual_alias_maps map lookup problem for y@b.example";
    assert.equal(
      stateOf(`warning: ${rule}\n10:00:02 cleanup[2]: ${lookup} -- message not accepted, try again later`),
      "refused",
    );
    assert.equal(stateOf(`warning: ${rule}`, active, by("requeued")), "requeued");
  });

  test("missing lines are told", () => {
    const lines = PLAIN.split("\n");
    const missing = (log: readonly string[]): readonly string[] =>
      mailFacts(onlyMail(storyOf(log.join("\n"), "1A2B3C4D5E")), false).missing;
    assert.deepEqual(missing(lines.slice(6)), ["arrival", "message-id"], "the log begins later");
    const sent =
      "10:40:00 smtp[4]: 1A2B3C4D5E: to=<z@c.example>, relay=none, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (ok)";
    const removed = "10:40:00 qmgr[3]: 1A2B3C4D5E: removed";
    assert.deepEqual(missing([...lines, sent]), ["removed"]);
    assert.deepEqual(missing([...lines, sent, removed]), []);
    assert.deepEqual(missing([...lines.slice(0, 5), sent, removed]), ["delivery"]);
  });
});

suite("queue files without lines", () => {
  const absent = (delivery: string): readonly string[] => {
    const story = storyOf(
      `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
      10:00:01 ${delivery}`,
      "1A2B3C4D5E",
    );
    return absentMails(onlyMail(story), story.mails).map(absentWords);
  };
  const sent = (relay: string, reply: string): string =>
    `smtp[4]: 1A2B3C4D5E: to=<y@b.example>, relay=${relay}, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (${reply})`;

  test("a filter on this machine gave the mail back, and its new lines are elsewhere", () => {
    const words = "the lines of 9F8E7D6C5B, as which the next hop on this machine queued it: ";
    const amavis = "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 9F8E7D6C5B";
    const relay = "127.0.0.1[127.0.0.1]:10024";
    assert.deepEqual(absent(sent(relay, amavis)), [words + relay]);
    assert.deepEqual(absent(sent("localhost[::1]:10026", "250 2.0.0 Ok: queued as 9F8E7D6C5B")), [
      `${words}localhost[::1]:10026`,
    ]);
    const back = `\n      10:00:01 smtpd[9]: 9F8E7D6C5B: client=localhost[127.0.0.1]`;
    const { mails } = storyOf(`10:00:01 ${sent(relay, amavis)}${back}`, "1A2B3C4D5E");
    assert.deepEqual(
      mails.map((mail) => absentMails(mail, mails)),
      [[], []],
    );
  });

  test("what another server queued is not missing here, nor what lies behind a filter on another machine", () => {
    assert.deepEqual(absent(sent("mx.b.example[192.0.2.9]:25", "250 2.0.0 Ok: queued as 9F8E7D6C5B")), []);
    const beyond = "250 2.0.0 from MTA(smtp:[192.0.2.9]:25): 250 2.0.0 Ok: queued as 9F8E7D6C5B";
    assert.deepEqual(absent(sent("127.0.0.1[127.0.0.1]:10024", beyond)), []);
  });

  test("what an alias forwarded, and a notification", () => {
    const forwarded = sent("local", "forwarded as 9F8E7D6C5B").replace("smtp[4]", "local[4]");
    assert.deepEqual(absent(forwarded), ["the lines of 9F8E7D6C5B, as which an alias forwarded it"]);
    const told = "bounce[5]: 1A2B3C4D5E: sender non-delivery notification: 9F8E7D6C5B";
    assert.deepEqual(absent(told), ["the lines of 9F8E7D6C5B, the notification about it"]);
  });
});

suite("queue ids that come again", () => {
  const life = (time: string, from: string): string => `${time} smtpd[1]: 1A2B3C4D5E: client=${from}[192.0.2.1]
    ${time} cleanup[2]: 1A2B3C4D5E: message-id=<${from}>
    ${time} qmgr[3]: 1A2B3C4D5E: from=<s@${from}>, size=1, nrcpt=1 (queue active)
    ${time} local[4]: 1A2B3C4D5E: to=<y@b.example>, relay=local, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)`;
  const removed = (time: string): string => `${time} qmgr[3]: 1A2B3C4D5E: removed`;

  test("are another mail after removed", () => {
    const log = [
      life("10:00:00", "a.example"),
      removed("10:00:01"),
      life("11:00:00", "b.example"),
      removed("11:00:01"),
    ];
    const { traces } = findTraces(bookOf(log.join("\n")), "1A2B3C4D5E");
    assert.deepEqual(
      traces.map(({ mails }) => mails.map((mail) => [messageIdOf(mail), linesOf(mail)])),
      [[["<a.example>", [1, 2, 3, 4, 5]]], [["<b.example>", [6, 7, 8, 9, 10]]]],
    );
  });

  test("also where removed or the new mail's first line is missing", () => {
    const without = [life("10:00:00", "a.example"), life("11:00:00", "b.example")].join("\n");
    assert.deepEqual(bookOf(without).mails().map(linesOf), [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    const headless = life("11:00:00", "b.example").split("\n").slice(2).join("\n");
    const log = [life("10:00:00", "a.example"), removed("10:00:01"), headless].join("\n");
    assert.deepEqual(bookOf(log).mails().map(linesOf), [
      [1, 2, 3, 4, 5],
      [6, 7],
    ]);
  });

  test("late lines stay with the mail they are about", () => {
    const late = "10:00:01 smtpd[1]: 1A2B3C4D5E: something that came late";
    const log = [life("10:00:00", "a.example"), removed("10:00:01"), late].join("\n");
    assert.deepEqual(bookOf(log).mails().map(linesOf), [[1, 2, 3, 4, 5, 6]]);
  });

  test("on two hosts are two mails", () => {
    const log =
      "Nov 22 10:00:00 mx1 postfix/smtpd[1]: 1A2B3C4D5E: client=a[192.0.2.1]\nNov 22 10:00:00 mx2 postfix/cleanup[1]: 1A2B3C4D5E: message-id=<b>";
    assert.deepEqual(
      bookOf(log)
        .mails()
        .map(({ host }) => host),
      ["mx1", "mx2"],
    );
  });
});

suite("from one queue file to the next", () => {
  test("through a content filter, by the reply that names the next id", () => {
    const story = storyOf(SAMPLE, "6FCD43E2C5");
    assert.deepEqual(linksOf(story), ["6FCD43E2C5 queued as 70DE54F3D6"]);
    assert.deepEqual(
      story.mails.map(({ queueId }) => queueId),
      ["6FCD43E2C5", "70DE54F3D6"],
    );
    assert.deepEqual(
      story.stored.map(({ message }) => message.includes("stored mail into mailbox")),
      [true],
    );
    assert.deepEqual(storyOf(SAMPLE, "70DE54F3D6").mails, story.mails, "whichever id is asked for");
    assert.equal(storyOf(SAMPLE, "news.4711@sender.example").mails.length, 2, "or the message-id");
  });

  test("an id in a reply that another of our mails has by chance is no link", () => {
    const log = `${PLAIN}
      10:00:02 smtpd[8]: FFFFF00000: client=q.example[192.0.2.3]
      10:00:02 cleanup[2]: FFFFF00000: message-id=<another@q.example>`;
    assert.equal(storyOf(log, "1A2B3C4D5E").mails.length, 1);
    const long = log
      .replace("message-id=<another@q.example>", "message-id=<m1@a.example>")
      .replaceAll("10:00:02 cleanup", "09:00:02 cleanup")
      .replace("10:00:02 smtpd[8]", "09:00:02 smtpd[8]");
    assert.equal(storyOf(long, "1A2B3C4D5E").mails.length, 1, "one that was there before");
  });

  test("a filter that names no id, by message-id", () => {
    const filtered = (client: string): string => `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
      10:00:00 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
      10:00:00 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1, nrcpt=1 (queue active)
      10:00:01 ${client}
      10:00:01 cleanup[2]: 2A2B3C4D5E: message-id=<m1@a.example>
      10:00:02 pipe[4]: 1A2B3C4D5E: to=<y@b.example>, relay=filter, delay=2, delays=0/0/0/2, dsn=2.0.0, status=sent (delivered via filter service)
      10:00:02 qmgr[3]: 1A2B3C4D5E: removed`;
    const back = filtered("pickup[9]: 2A2B3C4D5E: uid=1001 from=<s@a.example>");
    assert.deepEqual(linksOf(storyOf(back, "1A2B3C4D5E")), ["1A2B3C4D5E message-id 2A2B3C4D5E"]);
    const twice = filtered("smtpd[9]: 2A2B3C4D5E: client=a.example[192.0.2.1]");
    assert.deepEqual(linksOf(storyOf(twice, "1A2B3C4D5E")), [], "the same mail sent twice is two");
  });

  test("a filter that did not take the mail gave none back", () => {
    const log = `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
      10:00:00 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
      10:00:01 pickup[9]: 2A2B3C4D5E: uid=1001 from=<s@a.example>
      10:00:01 cleanup[2]: 2A2B3C4D5E: message-id=<m1@a.example>
      10:00:02 pipe[4]: 1A2B3C4D5E: to=<y@b.example>, relay=filter, delay=2, delays=0/0/0/2, dsn=4.3.0, status=deferred (temporary failure)`;
    assert.deepEqual(linksOf(storyOf(log, "1A2B3C4D5E")), []);
  });

  test("the id that a line names is that of the mail which had it then: on that host, the last that had begun", () => {
    const forwarding = (lines: string): readonly string[] =>
      storyOf(
        `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
         ${lines}
         11:00:00 local[4]: 1A2B3C4D5E: to=<all@b.example>, relay=local, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (forwarded as 2A2B3C4D5E)`,
        "1A2B3C4D5E",
      ).mails.map(({ queueId, host, steps }) => `${queueId} ${host ?? ""} ${steps[0]?.place.line ?? 0}`);
    const elsewhere = "Nov 22 10:59:59 mx2 postfix/cleanup[2]: 2A2B3C4D5E: message-id=<other@b.example>";
    assert.deepEqual(forwarding(elsewhere), ["1A2B3C4D5E mx1 1"]);
    const twice = `10:10:00 pickup[9]: 2A2B3C4D5E: uid=0 from=<root>
         10:10:01 qmgr[3]: 2A2B3C4D5E: removed
         10:59:59 pickup[9]: 2A2B3C4D5E: uid=0 from=<root>`;
    assert.deepEqual(forwarding(twice), ["1A2B3C4D5E mx1 1", "2A2B3C4D5E mx1 4"]);
  });

  test("processes that write at once may do so in any order, two seconds apart at most", () => {
    const forwarded = (begun: string): number =>
      storyOf(
        `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
         10:00:01 local[4]: 1A2B3C4D5E: to=<all@b.example>, relay=local, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (forwarded as 2A2B3C4D5E)
         ${begun} cleanup[2]: 2A2B3C4D5E: message-id=<m1@a.example>`,
        "1A2B3C4D5E",
      ).mails.length;
    assert.deepEqual([forwarded("10:00:03"), forwarded("10:00:04")], [2, 1]);
  });

  test("forwarded by an alias, bounced there, and the sender told: mails between the lines of others", () => {
    const story = storyOf(
      `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
       10:00:00 smtpd[7]: 9F2B3C4D5E: client=q.example[192.0.2.7]
       10:00:00 cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>
       10:00:00 cleanup[8]: 9F2B3C4D5E: message-id=<m2@q.example>
       10:00:00 qmgr[3]: 9F2B3C4D5E: from=<q@q.example>, size=1, nrcpt=1 (queue active)
       10:00:00 qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1, nrcpt=1 (queue active)
       10:00:01 cleanup[2]: 2A2B3C4D5E: message-id=<m1@a.example>
       10:00:01 local[4]: 1A2B3C4D5E: to=<all@b.example>, orig_to=<info@b.example>, relay=local, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (forwarded as 2A2B3C4D5E)
       10:00:01 qmgr[3]: 2A2B3C4D5E: from=<s@a.example>, size=2, nrcpt=1 (queue active)
       10:00:01 qmgr[3]: 1A2B3C4D5E: removed
       10:00:02 smtp[5]: 2A2B3C4D5E: to=<gone@c.example>, orig_to=<info@b.example>, relay=mx.c.example[192.0.2.8]:25, delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (host mx.c.example[192.0.2.8] said: 550 5.1.1 No such user (in reply to RCPT TO command))
       10:00:02 cleanup[2]: 3A2B3C4D5E: message-id=<20261122100002.3A2B3C4D5E@mx1>
       10:00:02 bounce[6]: 2A2B3C4D5E: sender non-delivery notification: 3A2B3C4D5E
       10:00:02 qmgr[3]: 3A2B3C4D5E: from=<>, size=3, nrcpt=1 (queue active)
       10:00:02 qmgr[3]: 2A2B3C4D5E: removed`,
      "<m1@a.example>",
    );
    assert.deepEqual(linksOf(story), ["1A2B3C4D5E forwarded as 2A2B3C4D5E", "2A2B3C4D5E notification 3A2B3C4D5E"]);
    const [, forward, bounce] = story.mails.map((mail) => mailFacts(mail, true));
    assert.deepEqual(forward === undefined ? [] : outcomesOf(forward), ["gone@c.example bounced 1"]);
    assert.equal(forward?.recipients[0]?.original, "info@b.example");
    assert.deepEqual([bounce?.sender, bounce?.missing], ["", []]);
  });

  test("queued again by postsuper", () => {
    const story = storyOf(
      `10:00:00 smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]
       10:05:00 postsuper[9]: 1A2B3C4D5E: requeued
       10:05:01 pickup[9]: 2A2B3C4D5E: uid=0 from=<s@a.example> orig_id=1A2B3C4D5E`,
      "2A2B3C4D5E",
    );
    assert.deepEqual(linksOf(story), ["1A2B3C4D5E queued as 2A2B3C4D5E"]);
  });
});

suite("questions", () => {
  test("an address finds mails and refused sessions, whatever its case", () => {
    const { traces, sessions } = findTraces(bookOf(PLAIN), "S@A.example");
    assert.deepEqual([traces.length, sessions.length], [1, 1]);
    assert.equal(findTraces(bookOf(PLAIN), "x@b.example").sessions.length, 1);
    assert.equal(findTraces(bookOf(PLAIN), "x@b.example").traces.length, 0);
  });

  test("words that are no ids make no mails", () => {
    const mails = bookOf("10:00:00 anvil[1]: statistics: max cache size 1 at Nov 22\nnothing\n").mails();
    assert.deepEqual(mails, []);
  });
});
