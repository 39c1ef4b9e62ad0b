const COMPRESSED = [".gz", ".zst"];

/** The log that a file was rotated away from: `mail.log` of `mail.log.2.gz`, `maillog` of `maillog-20261122`; the name itself of a log that was not. */
export function logStem(name: string): string {
  const ending = COMPRESSED.find((one) => name.endsWith(one)) ?? "";
  const plain = name.slice(0, name.length - ending.length);
  const at = Math.max(plain.lastIndexOf("."), plain.lastIndexOf("-"));
  const suffix = plain.slice(at + 1);
  return at > 0 && isNumber(suffix) ? plain.slice(0, at) : plain;
}

/** By its name a mail log, rotated or not. */
export function isLogName(name: string): boolean {
  return LOGS.has(logStem(name.toLowerCase()));
}

const LOGS: ReadonlySet<string> = new Set([
  "mail.log",
  "mail.err",
  "mail.warn",
  "mail.info",
  "maillog",
  "postfix.log",
  "dovecot.log",
]);

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
