const HELP_OPTION = "  -h, --help                 this text";

const VERSION_OPTION =
  "      --postfix-version V    the release the configuration is for, such as 3.7; without it the newest";

/** Of the verbs that are asked about one configuration. */
const CONFIGURATION_OPTIONS = `      --config DIR           the directory of main.cf; without it the one in or below this folder, else this machine's own
${VERSION_OPTION}`;

/** What each verb says about itself. */
export const HELP = {
  postmaster: `postmaster: reads what a mail server writes and what its owner configures, says what is wrong, why, and mends it

Usage:
  postmaster check PATH…        find problems in logs and configuration
  postmaster parse LOG…         every line of a log as a JSON object
  postmaster redact LOG…        a log without what is private in it, to show to others
  postmaster trace ID LOG…      what became of a mail
  postmaster report LOG…        what logs tell in all: volume, outcomes, reasons, delays, problems
  postmaster admit OPTION…      would this mail be let in, and which line decides
  postmaster route ADDRESS…     where a mail to an address would go
  postmaster explain TEXT|ID    explain a log line, a problem, a parameter, a restriction or a status code
  postmaster lsp --stdio        the language server, for any editor

  postmaster VERB --help        more on one of them
  postmaster --version

Nothing leaves this machine. Exit status: 0 nothing found, 1 problems found, 2 wrong usage or unreadable input.
`,
  check: `postmaster check: finds problems in logs and configuration

Usage: postmaster check [OPTION]… PATH…

PATH is a file, a folder, or - for the standard input. In folders, logs and configuration are found by their names, other
files by their first lines; links to folders are not followed. Logs may be compressed with gzip or zstd.

Options:
      --format FORMAT        pretty (for people), json (one array) or sarif (SARIF 2.1.0); pretty unless given
      --follow               goes on with the logs as they grow, across rotation, and lists new problems at once, without a cap;
                             Ctrl+C ends it
      --cap N                list at most N findings of a kind for one log, 0 for all; 5 unless given, 100 for JSON and
                             SARIF. All are counted
      --fix                  apply the fixes that are safe: those that change nothing about who may do what. Says what it
                             changed and what to run afterwards. A problem in a log stays found: the log is the past
      --table-types TYPES    the table types that the server's Postfix has, as its postconf -m prints them: others are found
      --config DIR           the directory of the main.cf that the logs belong to; without it the nearest one, and this
                             machine's own only if the log is this machine's
${VERSION_OPTION}
${HELP_OPTION}

Columns count UTF-16 code units from 1. Of a line longer than a megabyte the rest is not looked at.
Exit status: 0 nothing found, 1 problems found, 2 wrong usage, unreadable input, or a folder with nothing to check in it.
`,
  parse: `postmaster parse: every line of a log as a JSON object, one a line

Usage: postmaster parse [OPTION]… LOG…

Each object has line, time (RFC 3339), host, program, system, daemon, pid, queue_id, level, message (the id of the message that the
program printed), entry (the catalogue entry that explains it), text, fields (as they stand there) and values (typed: client, server,
sender, recipients, delays, dsn, status, reply_code, tls, sasl and others). What a line lacks is null. docs/parse.md tells all of
it, docs/parse-schema.json is its JSON Schema. LOG may be - for the standard input and may be compressed with gzip or zstd.

Options:
      --format FORMAT        json, or otlp: a LogsData object of OpenTelemetry a line, for its collector's otlpjsonfile receiver
      --year YYYY            the year of stamps without one; else the latest that is not after the file's last change
      --tz ZONE              the time zone of stamps without one, such as Europe/Berlin, UTC or +02:00; else this machine's
${HELP_OPTION}

Exit status: 0, or 2 for wrong usage or unreadable input.
`,
  redact: `postmaster redact: logs without what is private in them, to show to others

Usage: postmaster redact [OPTION]… LOG…

Addresses, hosts, IP addresses, users, subjects, message-ids and session ids are replaced, the same by the same. Times, queue ids, codes,
sizes and the programs' own words stay, so that the lines are still recognised. Of lines that nobody knows only words stay that
mail programs use themselves. Look at the result before you show it: a name that is such a word stays too.
IP addresses become those set aside for documentation, and when these are used up those of 240.0.0.0/4. LOG may be - for the
standard input and may be compressed.

Options:
      --key FILE             replace the same by the same in every run with this key (a file of 16 bytes or more). Keep it to
                             yourself: who has it can try out names. Without it a new one is made each time and forgotten
${HELP_OPTION}

Exit status: 0, or 2 for wrong usage or unreadable input.
`,
  trace: `postmaster trace: what became of a mail

Usage: postmaster trace [OPTION]… QUEUE_ID|MESSAGE_ID|ADDRESS LOG…

Follows a mail through the logs: from its first line to its last, through content filters, aliases and notifications, to each
recipient. “Accepted by the next hop” is what Postfix calls sent: what the next hop did then, its own log knows. Lines that are not
there are named. An address finds the mails it sent or received and what was refused before it had a queue id.
LOG may be - for the standard input and may be compressed with gzip or zstd; rotated logs may come in any order. A log is read
twice, first to find the mail and then for its lines, so it must be a file and no pipe such as <(ssh HOST cat LOG). With -
the mails of all logs are kept in memory.

Options:
      --format FORMAT        pretty (for people) or json; pretty unless given
      --year YYYY            the year of stamps without one; else the latest that is not after the file's last change
      --tz ZONE              the time zone of stamps without one, such as Europe/Berlin, UTC or +02:00; else this machine's
${HELP_OPTION}

Exit status: 0 found, 1 not found, 2 wrong usage or unreadable input.
`,
  report: `postmaster report: what logs tell in all

Usage: postmaster report [OPTION]… LOG…

Volume over time, what was delivered, deferred, bounced and rejected and why, the busiest senders, recipients, clients and next hops, delays,
TLS, failed logins, problems and what is new. LOG is a log, a folder of logs, or - for the standard input; it may be compressed with
gzip or zstd. Rotated logs may come in any order: the older are read first. Memory does not grow with the log: beyond some thousand different
addresses or hosts their counts are approximate, and the report says so.

Options:
      --html FILE            the same as a page for a browser, in one file that asks for nothing else
      --json FILE            the same as JSON, for scripts (docs/report.md), - for the standard output
      --top N                rows of each list; 10 unless given, 100 for HTML and JSON
      --year YYYY            the year of stamps without one; else the latest that is not after the file's last change
      --tz ZONE              the time zone of stamps without one and of the report, such as Europe/Berlin, UTC or +02:00; else
                             this machine's
${HELP_OPTION}

Exit status: 0, or 2 for wrong usage, unreadable input, or a folder without a log.
`,
  admit: `postmaster admit: would this mail be let in, and which line of the configuration decides

Usage: postmaster admit [OPTION]… --client ADDRESS[/NAME] --recipient ADDRESS
       postmaster admit [OPTION]… --open-relay

Walks a session through every restriction list in the order in which smtpd does, and says what each step made of it and where
it is written. Nothing is asked outside the configuration: what the DNS, a policy server or a database would say is shown as
not known, with the words that tell it (--assume). The client is taken to wait for each answer; milters and content are not
looked at. Tables are read from their text: run postmap where it is newer than the database.

Options:
      --client ADDRESS[/NAME]  the client and its verified name, “unknown” if it has none
      --reverse-name NAME    the name its address points to, where it is not the verified one
      --helo NAME            what the client greets with; without it the client says neither HELO nor EHLO
      --sender ADDRESS       the envelope sender; without it the empty one, <>
      --recipient ADDRESS    the envelope recipient
      --sasl LOGIN           the client has logged in
      --tls                  the session is encrypted
      --service NAME         the service of master.cf, such as submission; without it the one on port 25
      --assume WHAT=ANSWER   tell what is not known here; may be given several times. Examples:
                             'reject_rbl_client zen.spamhaus.org=reject', check_policy_service=DUNNO,
                             reject_unknown_sender_domain=pass, 'mysql:/etc/postfix/users.cf anna@example.com=none'
      --open-relay           prove for every smtpd service that no stranger may send mail to strangers, or say who may
      --format FORMAT        pretty (for people) or json; pretty unless given
${CONFIGURATION_OPTIONS}
${HELP_OPTION}

Exit status: 0 let in (no open relay), 1 refused (an open relay), 2 wrong usage, 3 it depends on what is not known here.
`,
  route: `postmaster route: where a mail to an address would go

Usage: postmaster route [OPTION]… ADDRESS…

Follows a recipient through the configuration: rewriting, canonical tables and virtual aliases, the address class, the transport and
next hop, and what the delivery agent does then. Each step names the setting or the line of a table that decided it. Nothing is
sent and nobody is asked: what only DNS, a database or the machine's list of users knows is called unknown.

Options:
      --sender ADDRESS       the envelope sender, <> for a notification: some tables go by it
      --service NAME         the smtpd of master.cf that takes the mail in, such as submission; else the one called smtp
      --format FORMAT        pretty (for people) or json, one object an address; pretty unless given
${CONFIGURATION_OPTIONS}
${HELP_OPTION}

Exit status: 0 the way is known to its end, 1 something on it is unknown, refused or missing, 2 wrong usage.
`,
  explain: `postmaster explain: what a thing means, why it happens and what to do

Usage: postmaster explain TEXT|ID

TEXT is a line of a log, with or without its header, or - to read one from the standard input. ID is the id that check
prints in brackets, a parameter, a restriction, a reply code such as 550 or a status code such as 5.7.1.

Options:
${HELP_OPTION}

Exit status: 0, 1 if nothing is known about it, 2 for wrong usage.
`,
  lsp: `postmaster lsp: the language server, for any editor that speaks LSP

Usage: postmaster lsp --stdio

Options:
      --stdio                speak over the standard input and output (the only way there is)
${HELP_OPTION}
`,
} as const;

export type Verb = Exclude<keyof typeof HELP, "postmaster">;
export const VERBS: readonly Verb[] = [
  "check",
  "parse",
  "redact",
  "trace",
  "report",
  "route",
  "admit",
  "explain",
  "lsp",
];
