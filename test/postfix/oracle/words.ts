/** What stands before Postfix's words: the program, the level, the file and the line. Longest first where one begins like another. */
const PREFIXES: readonly RegExp[] = [
  /^(?:postconf|postmap|postfix|postalias|[a-z0-9]+\/[a-z-]+\[\d+\]): /,
  /^(?:warning|error|fatal|panic): /,
  /^(?:pcre|regexp|cidr) map [^,]+, line \d+: /,
  /^(?:lmdb|hash|texthash|cdb):[^: ]+: /,
  /^file \S+: (?:line \d+: )?/,
  /^[^ :]*\/[^ :]+(?:, line \d+(?:-\d+)?|: line \d+)?: /,
  /^master\.cf: /,
  // The name of the list: several lists may take their value from the one where the mistake is written.
  /^[a-z_]+: (?=non-null host|bad mask|comment at end|#comment after other text)/,
];

/** What a Postfix built with plugins adds from 3.8 on, in a line before the one that every Postfix writes. */
const ADVICE = /\. Is the postfix-\S+ package installed\?$/;

/** PCRE2 counts to the end of what it does not like from 10.47 on, and to its beginning before. */
const PLACE_IN_PATTERN = /(?<=^error in regex )at offset \d+/;

/**
 * A line of Postfix's without all that comes before its words. A program that knows by then that smtputf8_enable is set writes UTF-8 as it
 * is, the others a `?` for each byte, and so do we.
 */
export function postfixWords(line: string): string {
  let words = Buffer.from(line)
    .toString("latin1")
    .replaceAll(/[^ -~]/g, "?");
  for (const prefix of PREFIXES) words = words.replace(prefix, "");
  return words.replace(ADVICE, "").replace(PLACE_IN_PATTERN, "at offset _").trimEnd();
}

/** What Postfix adds after it has said what is wrong, and what comes of a daemon that is started by hand and has nobody to talk to. */
const NOT_ABOUT_THE_CONFIGURATION: readonly RegExp[] = [
  /^(?:dictionary mail_dict: )?macro processing error$/,
  /^See https:\/\/www\.postfix\.org\/DEPRECATION_README\.html for details$/,
  /^No server certs available\. TLS (?:won't|can't) be enabled$/,
  /^do not prepend whitespace to statements between IF and ENDIF$/,
  / is unavailable\. | lookup error for "/,
  // What Debian's Postfix 3.11 says of every Berkeley DB, which serves as before.
  /^hash\/btree support is deprecated\.  Please switch to cdb or lmdb\.$|^See \/usr\/share\/doc\/postfix\/NON_BERKELEYDB_README/,
  // Where the LDAP plugin is installed.
  /^dict_ldap_connect: Unable to bind to server /,
  /^open (?:(?:database|file) )?.*: No such file or directory$/,
  /^(?:connect to|problem talking to server) 127\.0\.0\.1:7777: Connection refused$/,
  // The error number is whichever came last.
  /^(?:read: (?:Application error|No such file or directory)|malformed request|vstream_fflush_some: read-only stream)$/,
  /unknown_stream: (?:Application error|Inappropriate ioctl for device)$/,
  /^TLS server role is disabled with /,
  /^connect to Milter service inet:127\.0\.0\.1:7777: Connection refused$/,
  /^psc_dnsbl_request: connect to private\/dnsblog service: /,
  // There is no tlsmgr(8) to ask.
  /private\/tlsmgr: No such file or directory$|^no entropy for TLS key generation|^TLS client initialization failed$/,
];

export function isAboutConfiguration(words: string): boolean {
  return words !== "" && !NOT_ABOUT_THE_CONFIGURATION.some((pattern) => pattern.test(words));
}
