import type { Scribe } from "./life.ts";

// The lives of those who bring no mail: refused clients, scanners, readers of mailboxes, and what daemons say for themselves.

/** Refused at RCPT, for one of the usual reasons. */
export function refusedClient(scribe: Scribe): void {
  const { world, random } = scribe;
  const client = random.chance(600) ? world.stranger() : world.server();
  const at = `${client.name}[${client.address}]`;
  const sender = world.correspondent();
  const recipient = world.user();
  const smtpd = world.pid("postfix/smtpd");
  const session = (message: string): void => scribe.say("postfix/smtpd", smtpd, message);
  const helo = random.chance(300) ? "localhost" : `mail${random.int(500)}.isp.example`;
  const envelope = (protocol: string): string => `from=<${sender}> to=<${recipient}> proto=${protocol} helo=<${helo}>`;
  if (client.name === "unknown" && random.chance(400))
    session(
      `warning: hostname host-${random.int(9999)}.isp.example does not resolve to address ${client.address}: Name or service not known`,
    );
  session(`connect from ${at}`);
  const refuse = (reply: string, protocol = "ESMTP"): void =>
    session(`NOQUEUE: reject: RCPT from ${at}: ${reply}; ${envelope(protocol)}`);
  switch (random.int(8)) {
    case 0:
    case 1:
      refuse(
        `554 5.7.1 Service unavailable; Client host [${client.address}] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/${client.address}`,
      );
      break;
    case 2:
      refuse(`550 5.1.1 <${recipient}>: Recipient address rejected: User unknown in virtual mailbox table`);
      break;
    case 3:
      refuse(`504 5.5.2 <${helo}>: Helo command rejected: need fully-qualified hostname`, "SMTP");
      break;
    case 4:
      refuse(`554 5.7.1 <${sender}>: Relay access denied`);
      break;
    case 5:
      refuse(
        `451 4.7.1 <${recipient}>: Recipient address rejected: Intentional policy rejection, please try again later`,
      );
      break;
    case 6:
      refuse(`450 4.1.8 <${sender}>: Sender address rejected: Domain not found`);
      break;
    default:
      refuse(`450 4.7.25 Client host rejected: cannot find your hostname, [${client.address}]`);
  }
  if (random.chance(300)) session(`lost connection after RCPT from ${at}`);
  session(`disconnect from ${at} ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4`);
}

/** Looks for open doors and passwords. */
export function scanner(scribe: Scribe): void {
  const { world, random } = scribe;
  const client = world.stranger();
  const at = `${client.name}[${client.address}]`;
  const smtpd = world.pid("postfix/smtpd");
  const session = (message: string): void => scribe.say("postfix/smtpd", smtpd, message);
  session(`connect from ${at}`);
  const wanted = random.int(4);
  if (wanted < 2) {
    session(`warning: ${at}: SASL LOGIN authentication failed: UGFzc3dvcmQ6`);
    scribe.wait(200);
    session(`lost connection after AUTH from ${at}`);
    session(`disconnect from ${at} ehlo=1 auth=0/1 commands=1/2`);
  } else if (wanted === 2) {
    session(`SSL_accept error from ${at}: lost connection`);
    session(`lost connection after STARTTLS from ${at}`);
    session(`disconnect from ${at} ehlo=1 starttls=0/1 commands=1/2`);
  } else {
    session(`lost connection after ${random.pick(["CONNECT", "EHLO", "UNKNOWN"])} from ${at}`);
    session(`disconnect from ${at} ehlo=1 unknown=0/1 commands=1/2`);
  }
}

/** Stopped before it could talk to smtpd. */
export function screenedClient(scribe: Scribe): void {
  const { world, random } = scribe;
  const { address } = world.stranger();
  const at = `[${address}]:${30_000 + random.int(30_000)}`;
  const say = (message: string): void => scribe.tell("postfix/postscreen", message);
  say(`CONNECT from ${at} to [192.0.2.10]:25`);
  if (random.chance(300))
    say(
      `PREGREET ${10 + random.int(20)} after 0.0${random.int(9)} from ${at}: EHLO ${random.word("abcdefgh", 6)}\\r\\n`,
    );
  if (random.chance(600)) {
    scribe.tell("postfix/dnsblog", `addr ${address} listed by domain zen.spamhaus.org as 127.0.0.${2 + random.int(9)}`);
    say(`DNSBL rank ${3 + random.int(5)} for ${at}`);
    say(
      `NOQUEUE: reject: RCPT from ${at}: 550 5.7.1 Service unavailable; client [${address}] blocked using zen.spamhaus.org; from=<${world.correspondent()}>, to=<${world.user()}>, proto=ESMTP, helo=<${random.word("abcdefgh", 8)}>`,
    );
  }
  if (random.chance(400)) say(`HANGUP after 0.${random.int(99)} from ${at} in tests after SMTP handshake`);
  say(`DISCONNECT ${at}`);
}

/** Reads mail over IMAP. */
export function reader(scribe: Scribe): void {
  const { world, random } = scribe;
  const { address } = world.customer();
  const user = world.user();
  const pid = world.pid("dovecot");
  const session = random.word("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ", 16);
  const who = `rip=${address}, lip=192.0.2.10`;
  if (random.chance(80)) {
    scribe.say(
      "dovecot",
      pid,
      `imap-login: Disconnected (auth failed, 1 attempts in ${2 + random.int(9)} secs): user=<${user}>, method=PLAIN, ${who}, TLS, session=<${session}>`,
    );
    return;
  }
  scribe.say(
    "dovecot",
    pid,
    `imap-login: Login: user=<${user}>, method=PLAIN, ${who}, mpid=${10_000 + random.int(20_000)}, TLS, session=<${session}>`,
  );
  scribe.wait(random.int(600_000));
  scribe.say(
    "dovecot",
    pid,
    `imap(${user})<${pid}><${session}>: Disconnected: Logged out in=${random.int(4000)} out=${random.int(90_000)} deleted=0 expunged=${random.int(3)} trashed=0 hdr_count=${random.int(40)} hdr_bytes=${random.int(9000)} body_count=${random.int(9)} body_bytes=${random.int(90_000)}`,
  );
}

/** What daemons note about their own doings. */
export function housekeeping(scribe: Scribe): void {
  const { world, random } = scribe;
  const { address } = world.stranger();
  switch (random.int(4)) {
    case 0:
      scribe.tell(
        "postfix/anvil",
        `statistics: max connection rate ${1 + random.int(40)}/60s for (smtp:${address}) at Nov  9 10:00:00`,
      );
      scribe.tell("postfix/anvil", `statistics: max cache size ${1 + random.int(90)} at Nov  9 10:00:00`);
      break;
    case 1:
      scribe.tell("postfix/scache", `statistics: start interval Nov  9 10:00:00`);
      scribe.tell(
        "postfix/scache",
        `statistics: domain lookup hits=${random.int(9)} miss=${random.int(9)} success=${random.int(100)}%`,
      );
      break;
    case 2:
      scribe.tell(
        "postfix/tlsmgr",
        "warning: request to update table btree:/var/lib/postfix/smtpd_scache in non-postfix directory /var/lib/postfix",
      );
      break;
    default:
      scribe.tell("postfix/smtpd", `warning: non-SMTP command from unknown[${address}]: GET / HTTP/1.1`);
  }
}
