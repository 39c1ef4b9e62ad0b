import type { Scribe } from "./life.ts";
import type { Peer } from "./world.ts";

// The lives of mails: received, filtered, delivered, deferred, bounced. Wording and order are those of Postfix 3.7, Dovecot 2.3 and amavisd-new 2.13.

/** From another site through the content filter into a mailbox. */
export function inboundMail(scribe: Scribe): void {
  const { world, random } = scribe;
  const client = world.server();
  const at = `${client.name}[${client.address}]`;
  const id = world.queueId();
  const messageId = world.messageId();
  const sender = random.chance(60) ? "" : world.correspondent();
  const recipients = random.chance(120) ? [world.user(), world.user()] : [world.user()];
  const size = world.size();
  if (random.chance(400))
    scribe.tell("postfix/postscreen", `PASS OLD [${client.address}]:${30_000 + random.int(30_000)}`);
  const smtpd = world.pid("postfix/smtpd");
  const session = (message: string): void => scribe.say("postfix/smtpd", smtpd, message);
  session(`connect from ${at}`);
  if (random.chance(750)) session(`Anonymous TLS connection established from ${at}: ${tls(scribe)}`);
  session(`${id}: client=${at}`);
  scribe.tell("postfix/cleanup", `${id}: message-id=<${messageId}>`);
  if (random.chance(30)) {
    const words = "milter-reject: END-OF-MESSAGE";
    scribe.tell(
      "postfix/cleanup",
      `${id}: ${words} from ${at}: 5.7.1 Spam message rejected; from=<${sender}> to=<${recipients.join("")}> proto=ESMTP helo=<${client.name}>`,
    );
    session(`disconnect from ${at} ehlo=2 starttls=1 mail=1 rcpt=1 data=0/1 quit=1 commands=6/7`);
    return;
  }
  active(scribe, id, sender, size, recipients.length);
  session(
    `disconnect from ${at} ehlo=2 starttls=1 mail=1 rcpt=${recipients.length} data=1 quit=1 commands=${6 + recipients.length}`,
  );
  const filtered = filter(scribe, { id, client, sender, recipients, size, messageId });
  if (filtered === null) return;
  for (const recipient of recipients) intoMailbox(scribe, filtered, recipient, messageId);
  removed(scribe, filtered);
}

interface Filtered {
  readonly id: string;
  readonly client: Peer;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly size: number;
  readonly messageId: string;
}

/** The hop through amavis and back. @returns the new queue id; null where the mail was blocked */
function filter(scribe: Scribe, { id, client, sender, recipients, size, messageId }: Filtered): string | null {
  const { world, random } = scribe;
  const next = world.queueId();
  const task = `(${String(1000 + random.int(30_000)).padStart(5, "0")}-${random.int(20)})`;
  const to = recipients.map((recipient) => `<${recipient}>`).join(",");
  const spent = 150 + random.int(2500);
  scribe.wait(spent);
  const about = `[${client.address}]:${30_000 + random.int(30_000)} [${client.address}] <${sender}> -> ${to}, Queue-ID: ${id}, Message-ID: <${messageId}>, mail_id: ${random.word("abcXYZ0189_-", 12)}`;
  const delays = `delays=0.${random.int(90)}/0.01/0.02/${(spent / 1000).toFixed(2)}, dsn=2.${random.chance(40) ? "7" : "0"}.0`;
  if (random.chance(40)) {
    scribe.tell(
      "amavis",
      `${task} Blocked SPAM {DiscardedInbound,Quarantined}, ${about}, Hits: ${6 + random.int(20)}.${random.int(999)}, size: ${size}, ${spent} ms`,
    );
    for (const recipient of recipients)
      scribe.tell(
        "postfix/amavis/smtp",
        `${id}: to=<${recipient}>, relay=127.0.0.1[127.0.0.1]:10024, delay=${(spent / 1000 + 0.4).toFixed(1)}, ${delays}, status=sent (250 2.7.0 Ok, discarded, id=${task.slice(1, -1)} - spam)`,
      );
    removed(scribe, id);
    return null;
  }
  const smtpd = world.pid("postfix/10025/smtpd");
  const back = (message: string): void => scribe.say("postfix/10025/smtpd", smtpd, message);
  back("connect from localhost[127.0.0.1]");
  back(`${next}: client=localhost[127.0.0.1]`);
  scribe.tell("postfix/cleanup", `${next}: message-id=<${messageId}>`);
  active(scribe, next, sender, size + 612, recipients.length);
  back(
    `disconnect from localhost[127.0.0.1] ehlo=1 mail=1 rcpt=${recipients.length} data=1 quit=1 commands=${4 + recipients.length}`,
  );
  scribe.tell(
    "amavis",
    `${task} Passed CLEAN {RelayedInbound}, ${about}, Hits: -${random.int(2)}.${random.int(999)}, size: ${size}, queued_as: ${next}, ${spent} ms`,
  );
  for (const recipient of recipients)
    scribe.tell(
      "postfix/amavis/smtp",
      `${id}: to=<${recipient}>, relay=127.0.0.1[127.0.0.1]:10024, delay=${(spent / 1000 + 0.4).toFixed(1)}, ${delays}, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as ${next})`,
    );
  removed(scribe, id);
  return next;
}

function intoMailbox(scribe: Scribe, id: string, recipient: string, messageId: string): void {
  const { world, random } = scribe;
  const pid = world.pid("dovecot");
  const session = random.word("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ", 16);
  const spent = random.int(60);
  const times = `delay=0.${10 + spent}, delays=0.05/0.01/0.0${random.int(9)}/0.0${random.int(9)}`;
  if (random.chance(15)) {
    scribe.tell(
      "postfix/lmtp",
      `${id}: to=<${recipient}>, relay=mail.example.com[private/dovecot-lmtp], ${times}, dsn=4.2.2, status=deferred (host mail.example.com[private/dovecot-lmtp] said: 452 4.2.2 <${recipient}> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))`,
    );
    return;
  }
  scribe.say(
    "dovecot",
    pid,
    `lmtp(${recipient})<${pid}><${session}>: sieve: msgid=<${messageId}>: stored mail into mailbox '${random.chance(150) ? "Junk" : "INBOX"}'`,
  );
  scribe.tell(
    "postfix/lmtp",
    `${id}: to=<${recipient}>, relay=mail.example.com[private/dovecot-lmtp], ${times}, dsn=2.0.0, status=sent (250 2.0.0 <${recipient}> ${session} Saved)`,
  );
}

/** From a customer to another site: mostly at once, sometimes after a deferral, sometimes back. */
export function outboundMail(scribe: Scribe): void {
  const { world } = scribe;
  const client = world.customer();
  const at = `${client.name}[${client.address}]`;
  const id = world.queueId();
  const sender = world.user();
  const size = world.size();
  const smtpd = world.pid("postfix/submission/smtpd");
  const session = (message: string): void => scribe.say("postfix/submission/smtpd", smtpd, message);
  session(`connect from ${at}`);
  session(`Anonymous TLS connection established from ${at}: ${tls(scribe)}`);
  session(`${id}: client=${at}, sasl_method=PLAIN, sasl_username=${sender}`);
  scribe.tell("postfix/cleanup", `${id}: message-id=<${world.messageId()}>`);
  active(scribe, id, sender, size, 1);
  session(`disconnect from ${at} ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8`);
  leave(scribe, id, sender, size);
}

/** A mail that a program of this machine writes. */
export function localMail(scribe: Scribe): void {
  const { world, random } = scribe;
  const id = world.queueId();
  const size = 500 + random.int(3000);
  scribe.tell("postfix/pickup", `${id}: uid=0 from=<root>`);
  scribe.tell("postfix/cleanup", `${id}: message-id=<${random.int(1_000_000_000)}.${id}@mail.example.com>`);
  active(scribe, id, "root@mail.example.com", size, 1);
  scribe.wait(30);
  const next = world.queueId();
  const user = world.user();
  scribe.tell("postfix/cleanup", `${next}: message-id=<${random.int(1_000_000_000)}.${id}@mail.example.com>`);
  scribe.tell(
    "postfix/local",
    `${id}: to=<root@mail.example.com>, orig_to=<root>, relay=local, delay=0.08, delays=0.04/0.01/0/0.03, dsn=2.0.0, status=sent (forwarded as ${next})`,
  );
  active(scribe, next, "root@mail.example.com", size + 140, 1);
  removed(scribe, id);
  intoMailbox(scribe, next, user, `${id}@mail.example.com`);
  removed(scribe, next);
}

const HALF_HOUR = 1_800_000;

function leave(scribe: Scribe, id: string, sender: string, size: number): void {
  const { world, random } = scribe;
  const recipient = world.correspondent();
  const relay = world.server();
  const there = `${relay.name}[${relay.address}]`;
  const smtp = world.pid("postfix/smtp");
  const say = (message: string): void => scribe.say("postfix/smtp", smtp, message);
  scribe.wait(100 + random.int(900));
  let waited = random.int(90) / 100 + 0.2;
  if (random.chance(80)) {
    say(`connect to ${there}:25: Connection timed out`);
    say(
      `${id}: to=<${recipient}>, relay=none, delay=${(waited + 30).toFixed(0)}, delays=0.2/0.01/30/0, dsn=4.4.1, status=deferred (connect to ${there}:25: Connection timed out)`,
    );
    scribe.wait(HALF_HOUR / 6);
    active(scribe, id, sender, size, 1);
    waited += 300;
  } else if (random.chance(60)) {
    say(
      `${id}: host ${there} said: 450 4.2.0 <${recipient}>: Recipient address rejected: Greylisted, see http://postgrey.example/help (in reply to RCPT TO command)`,
    );
    say(
      `${id}: to=<${recipient}>, relay=${there}:25, delay=${waited.toFixed(2)}, delays=0.2/0.01/0.${random.int(99)}/0.1, dsn=4.2.0, status=deferred (host ${there} said: 450 4.2.0 <${recipient}>: Recipient address rejected: Greylisted (in reply to RCPT TO command))`,
    );
    scribe.wait(HALF_HOUR / 6);
    active(scribe, id, sender, size, 1);
    waited += 300;
  }
  if (random.chance(50)) {
    const back = world.queueId();
    say(
      `${id}: to=<${recipient}>, relay=${there}:25, delay=${waited.toFixed(1)}, delays=0.2/0.01/0.3/0.1, dsn=5.1.1, status=bounced (host ${there} said: 550 5.1.1 <${recipient}>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))`,
    );
    scribe.tell("postfix/cleanup", `${back}: message-id=<20261109.${back}@mail.example.com>`);
    scribe.tell("postfix/bounce", `${id}: sender non-delivery notification: ${back}`);
    active(scribe, back, "", size + 2300, 1);
    removed(scribe, id);
    intoMailbox(scribe, back, sender, `20261109.${back}@mail.example.com`);
    removed(scribe, back);
    return;
  }
  const trust = random.pick(["Trusted", "Untrusted", "Verified"]);
  if (random.chance(850)) say(`${trust} TLS connection established to ${there}:25: ${tls(scribe)}`);
  say(
    `${id}: to=<${recipient}>, relay=${there}:25, delay=${waited.toFixed(2)}, delays=0.2/0.01/0.${random.int(99)}/0.${random.int(99)}, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ${random.word("0123456789ABCDEF", 10)})`,
  );
  removed(scribe, id);
}

function active(scribe: Scribe, id: string, sender: string, size: number, recipients: number): void {
  scribe.say("postfix/qmgr", 1312, `${id}: from=<${sender}>, size=${size}, nrcpt=${recipients} (queue active)`);
}

function removed(scribe: Scribe, id: string): void {
  scribe.say("postfix/qmgr", 1312, `${id}: removed`);
}

function tls({ random }: Scribe): string {
  return random.pick([
    "TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
    "TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (P-256) server-digest SHA256",
    "TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)",
  ]);
}
