import { savedAsOf } from "@postmaster/core/io/saved-as.ts";
import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { withoutRotation } from "@postmaster/core/log/rotation.ts";

/** `other-configuration`: a file of the server's that nothing is checked in by itself, such as a table. */
export type InputKind = "log" | "main-cf" | "master-cf" | "other-configuration" | "binary" | "unknown";

const LOGS = new Set([
  "mail.log",
  "mail.err",
  "mail.warn",
  "mail.info",
  "maillog",
  "dovecot.log",
  "iredapd.log",
  "amavis.log",
  "rspamd.log",
]);
const OTHER_NAMES = new Set(["settings.py", "dovecot.conf", "aliases"]);
const OTHER_ENDINGS = [".pcre", ".regexp", ".cidr", "_access", "_checks"];
const LINES = 50;
const LF = 10;

/** What a file is by its name; null if the name says nothing. */
export function kindOfName(fileName: string): InputKind | null {
  const name = withoutRotation(fileName.toLowerCase());
  if (LOGS.has(name)) return "log";
  for (const copy of ["", ".proto", ".dist"]) {
    if (name === `main.cf${copy}`) return "main-cf";
    if (name === `master.cf${copy}`) return "master-cf";
  }
  return OTHER_NAMES.has(name) || OTHER_ENDINGS.some((ending) => name.endsWith(ending)) ? "other-configuration" : null;
}

/** A file that Postfix does not read: its package's originals. */
export function isOriginal(fileName: string): boolean {
  const name = fileName.toLowerCase();
  return name.endsWith(".cf.proto") || name.endsWith(".cf.dist");
}

/** What a file is by its first bytes. */
export async function kindOfContent(head: Uint8Array): Promise<InputKind> {
  if (isBinary(head)) return "binary";
  if (hasMailLine(head)) return "log";
  // Configuration is told by its parameters' names: a log is read without knowing them.
  const { kindOfConfiguration } = await import("./recognise-configuration.ts");
  return kindOfConfiguration(head) ?? "unknown";
}

/** More than one control character in ten: no text. A few are normal: logs hold what strangers send, and NULs after a crash. */
export function isBinary(head: Uint8Array): boolean {
  let controls = 0;
  let looked = 0;
  // Every third: in what is made of numbers of two, four or eight bytes that meets each of them.
  for (let at = 0; at < Math.min(head.length, 8192); at += 3) {
    const byte = head[at] ?? 0;
    looked += 1;
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32) || byte === 127) controls += 1;
  }
  return controls * 10 > looked;
}

/** Whether these first bytes are of text in UTF-16. */
export function isUtf16(head: Uint8Array): boolean {
  return savedAsOf(head)?.startsWith("utf-16") === true;
}

function hasMailLine(head: Uint8Array): boolean {
  let start = 0;
  for (let line = 0; line < LINES && start < head.length; line += 1) {
    const feed = head.indexOf(LF, start);
    const end = feed === -1 ? head.length : feed;
    const { system, form } = readEnvelope(head, start, end);
    if (form !== "none" && system !== null && system !== "syslog") return true;
    start = end + 1;
  }
  return false;
}
