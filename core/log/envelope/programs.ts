import type { LogSystem } from "../log-line.ts";
import { neighbourOf } from "../systems.ts";

/** Programs of Postfix under the names they log as (the last part of the tag). */
const POSTFIX = new Set(
  (
    "anvil bounce cleanup defer discard dnsblog error flush lmtp local master nqmgr oqmgr pickup pipe " +
    "postalias postcat postconf postdrop postfix postfix-script postfix-tls-script postfix-wrapper postkick " +
    "postlock postlog postlogd postmap postmulti postmulti-script postqueue postscreen postsuper " +
    "posttls-finger proxymap proxywrite qmgr qmqpd relay retry scache sendmail showq smtp smtpd spawn tlsmgr " +
    "tlsproxy trace trivial-rewrite verify virtual nbdb_reindexd"
  ).split(" "),
);

/** Dovecot's services, as they stand at the start of its messages. */
const DOVECOT = new Set(
  (
    "aggregator anvil auth auth-worker config dict dns-client doveadm director imap imap-hibernate imap-login imap-urlauth " +
    "imap-urlauth-login imap-urlauth-worker indexer indexer-worker ipc lda lmtp log managesieve managesieve-login master " +
    "old-stats pop3 pop3-login dsync-local dsync-remote dsync-server quota-status replicator script script-login " +
    "sieve-dump sieve-filter sieve-test sievec ssl-params stats submission submission-login tcpwrap"
  ).split(" "),
);

/** The services that are known even without a `dovecot` tag: words that start no other program's message. */
const LONE_DOVECOT = new Set(
  (
    "auth auth-worker doveadm imap imap-hibernate imap-login indexer-worker lda managesieve managesieve-login " +
    "pop3 pop3-login submission-login"
  ).split(" "),
);

/** The last part of a tag: `smtpd` of `postfix/submission/smtpd`. */
export function daemonOf(tag: string): string {
  return tag.slice(tag.lastIndexOf("/") + 1);
}

/** Who writes under this tag; null for a program that is none of ours. */
export function systemOf(tag: string): LogSystem {
  const daemon = daemonOf(tag);
  const neighbour = neighbourOf(daemon);
  if (neighbour !== null) return neighbour;
  // A path is no syslog name: master's own messages begin with the path of a program.
  if (tag.startsWith("postfix") || (POSTFIX.has(daemon) && !tag.startsWith("/"))) return "postfix";
  return isLoneDovecotService(tag) ? "dovecot" : null;
}

export function isDovecotService(name: string): boolean {
  return DOVECOT.has(name);
}

/** A service that stands alone as a tag, as in Dovecot's own log file. */
export function isLoneDovecotService(name: string): boolean {
  return LONE_DOVECOT.has(name);
}
