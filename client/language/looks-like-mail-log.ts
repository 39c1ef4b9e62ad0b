/** So many first lines decide. */
export const LINES_LOOKED_AT = 50;
/** So much of each is looked at, in UTF-16 code units. */
const COLUMNS_LOOKED_AT = 400;

/**
 * Whether the first lines of a document are a mail server's log: at least half of those that are not empty must come from Postfix, Dovecot,
 * Amavis, Rspamd or iRedAPD. A system log with some mail in it is not one, nor is prose that quotes a line or two.
 */
export function looksLikeMailLog(lines: readonly string[]): boolean {
  let mail = 0;
  let written = 0;
  for (const whole of lines.slice(0, LINES_LOOKED_AT)) {
    const line = whole.slice(0, COLUMNS_LOOKED_AT).trim();
    if (line === "") continue;
    written += 1;
    if (isMailLine(line)) mail += 1;
  }
  return mail > 0 && mail * 2 >= written;
}

function isMailLine(line: string): boolean {
  return line.startsWith("{") ? isJournalObject(line) : hasMailTag(line) || isBareMessage(line);
}

/** The tag as syslog writes it, at the start or after a blank: `postfix/smtpd[123]:`, `postfix-out/smtp[9]:`, `dovecot:`. */
const TAG =
  /(?:^|\s)(?:postfix[\w.-]{0,60}\/[\w./-]{1,80}\[\d{1,10}\]|(?:dovecot|amavis|amavisd|iredapd|rspamd)(?:\[\d{1,10}\])?): /;
/** The same in RFC 5424, where the process id is a field of its own. */
const TAG_5424 =
  /^(?:<\d{1,3}>)?1 \S{10,40} \S{1,255} (?:postfix[\w.-]{0,60}\/[\w./-]{1,80}|dovecot|amavis|amavisd|iredapd|rspamd) /;
/** Rspamd's own file. */
const RSPAMD = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? (?:\[[a-z]{4,6}\] )?#\d{1,10}\([a-z_]{1,20}\) /;

function hasMailTag(line: string): boolean {
  return TAG.test(line) || TAG_5424.test(line) || RSPAMD.test(line);
}

/** `journalctl -o json`. */
function isJournalObject(line: string): boolean {
  return (
    /"SYSLOG_IDENTIFIER"\s?:\s?"(?:postfix[\w.-]{0,60}\/|dovecot"|amavisd?"|iredapd"|rspamd")/.test(line) ||
    /"MESSAGE"\s?:\s?"NOQUEUE: /.test(line)
  );
}

/** `journalctl -o cat`: only messages that nobody but Postfix starts a line with. */
const BARE =
  /^(?:(?:warning: )?(?:NOQUEUE|[0-9A-F]{6,20}|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,25}): (?:(?:milter-)?reject(?:_warning)?: |client=|message-id=<|from=<|to=<|removed$|warning: )|(?:dis)?connect from [\w.-]{1,255}\[[\da-fA-F:.]{2,45}\])/;

function isBareMessage(line: string): boolean {
  return BARE.test(line);
}
