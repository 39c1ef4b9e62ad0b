import { wholeEntries } from "../../catalogue/whole-entries.ts";
import neighbours from "../../generated/neighbours.json" with { type: "json" };
import { knownMessages } from "../../log/known-messages.ts";
import { parseTemplate } from "../../log/template.ts";

// A build puts the result in this module's place (scripts/lib/ready-data.ts).

const WORD = /[\p{L}\p{N}_]+(?:[.'-][\p{L}\p{N}_]+)*/gu;

/** The people in our own examples, and words that are names as often as not. */
const NAMES = new Set("alice anna bob bobby carol eve example mark will bill rob jack grant frank guy may".split(" "));

/** Of paths, tags and columns, which no message has as words. */
const PLACES = (
  "bin cf conf db etc home lib lib64 libexec local log logs lost maildir mail mailbox mailboxes new cur tmp opt postfix private public " +
  "root run sbin share spool srv usr var vmail dovecot amavis clamav spamassassin opendkim rspamd ssl certs letsencrypt live keys " +
  "inbox sent drafts trash junk spam archive localhost localdomain mailer daemon postmaster abuse nobody double bounce unknown " +
  "orig_to conn_use sasl_method sasl_username sasl_sender orig_queue_id orig_client proto helo relay delay delays tls dsn from to " +
  "ctl sock lmdb cdb pem key crt pid lock so py pl pm sh ext map cvd cld gz user method rip rport lip lport mpid session kern auth syslog daemon emerg alert crit err warning notice info debug local0 local1 " +
  "local2 local3 local4 local5 local6 local7 esmtp smtp lmtp imap pop3 sieve gsmtp gcdp systemd service docker stdout stderr"
).split(" ");

/** The words of all messages and of the catalogue: about ten thousand, in small letters. */
export function vocabularyWords(): readonly string[] {
  const words = new Set(PLACES);
  for (const { tags } of Object.values(neighbours)) for (const tag of tags) addWords(words, tag);
  for (const { text, also = [] } of knownMessages) for (const form of [text, ...also]) addTemplate(words, form);
  for (const { match, sections, title } of wholeEntries) {
    for (const template of match) addTemplate(words, template);
    // Code marks hold examples: names of hosts and users.
    for (const prose of [title, sections.meaning, sections.causes, sections.remedies])
      addWords(words, prose.replaceAll(/`[^`]*`|\{[^}]*\}|\S*@\S*/g, " "));
  }
  for (const name of NAMES) words.delete(name);
  return [...words];
}

function addTemplate(words: Set<string>, template: string): void {
  for (const segment of parseTemplate(template)) if (segment.kind === "literal") addWords(words, segment.text);
}

function addWords(words: Set<string>, text: string): void {
  for (const [word] of text.matchAll(WORD)) {
    words.add(word.toLowerCase());
    for (const part of word.split(/[.'-]/)) words.add(part.toLowerCase());
  }
}
