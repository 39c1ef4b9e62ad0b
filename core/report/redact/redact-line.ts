import type { TextField, TextLine } from "../../log/text-line.ts";
import type { Span } from "../../text/span.ts";
import { isHidden } from "../../text/visible-text.ts";
import { redactJournalLine } from "./journal-line.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { redactText } from "./redact-text.ts";
import type { RedactedLine, Redactor } from "./redactor.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Fields whose value is nobody's: codes, ids of queue files, what a program decided. */
const PUBLIC_FIELDS =
  /^(?:(?:new_|orig_)?queue_id|verb|action|stage|where|code|dsn|dsn_said|status|stats|conn_use|delays?|proto|protocol|tls|tls_security|cipher|method|sasl_method|mechanism|verdict|event|levels?|version|signal|state|trust|category|actions)$/;
/** A word, a version, numbers: not all fields of such a name hold what it promises. */
const PUBLIC_VALUE = /^[\w-]+(?:\.\d+)*$|^[\d./ ]+$|^(?: [a-z_]+=[\w/]+)*$|^[A-Z][A-Za-z,-]*$/;
/** Names of people and accounts: no word of them stays. */
const PERSONAL_FIELDS =
  /^(?:user|username|login|who|sasl_username|sasl_sender|sender|recipients?|orig_to|from|to|address|addr|subject|header_from|from_address|to_address|helo|message_id|resent_message_id|origin)$/;
/** Made-up identifiers that may hold a name, an address or a time: Dovecot's session id does. */
const ID_FIELDS = /^(?:session_id|mail_id|quarantine|digest|checksum|ident|envid|instance)$/;

/** A line with everything private replaced by names of the same kind. An unknown line keeps words that programs use, and no other. */
export function redactLine(text: string, redactor: Redactor): RedactedLine {
  const line = redactor.engine.readText(text);
  if (line.form === "journal-json") return redactJournalLine(text, redactor, redactLine);
  const redacted = withoutHidden(redactParts(text, line, redactor));
  const before = line.template?.templateId ?? null;
  return { text: redacted, same: (redactor.engine.readText(redacted).template?.templateId ?? null) === before };
}

/** Characters that nobody sees tell nothing and may turn the line around: `?` stands for each. Tabs stay. */
function withoutHidden(text: string): string {
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += code !== TAB && isHidden(code) ? "?" : character;
  }
  return result;
}

const TAB = 9;

function redactParts(text: string, line: TextLine, { names, vocabulary }: Redactor): string {
  const plain = (part: string): string => redactText(part, "words", names, vocabulary);
  const parts: (readonly [Span, (part: string) => string])[] = [];
  if (line.timeSpan !== null) parts.push([line.timeSpan, same]);
  if (line.host !== null && line.host.span !== null) parts.push([line.host.span, (part) => redactHost(part, names)]);
  if (line.program !== null && line.program.span !== null) parts.push([line.program.span, plain]);
  if (line.pidSpan !== null) parts.push([line.pidSpan, same]);
  const head = headEnd(line);
  if (line.place.start > head) {
    const redactHead = line.system === "rspamd" ? redactRspamdPlace : redactPrefix;
    parts.push([{ start: head, end: line.place.start }, (part) => redactHead(part, names, plain)]);
  }
  parts.push(...messageParts(line, names, vocabulary));
  return apply(text, parts, plain);
}

/** Where what stands between the tag and the message begins: Dovecot's `imap(user)<pid><session>: `. */
function headEnd({ pidSpan, program, host, timeSpan, place }: TextLine): number {
  const before = pidSpan?.end ?? program?.span?.end ?? host?.span?.end ?? timeSpan?.end ?? 0;
  return Math.min(before, place.start);
}

function redactPrefix(part: string, names: Pseudonyms, plain: (text: string) => string): string {
  return part.replace(/\(([^()]*)\)|<([^<>]*)>|[^(<]+|[(<]/g, (piece, user?: string, id?: string) => {
    if (user !== undefined) return `(${user.includes("@") || /^[\d!-]*$/.test(user) ? plain(user) : names.word(user)})`;
    if (id !== undefined) return /^\d*$/.test(id) ? piece : `<${names.id(id)}>`;
    return plain(piece);
  });
}

/** `(main) <a1b2c3>; lua; neural.lua:780: `: which process, task, module and function; all but the task are Rspamd's own words. */
function redactRspamdPlace(part: string, names: Pseudonyms, plain: (text: string) => string): string {
  return part.replace(/(\([a-z_]+\))|<([^<>]*)>|[^(<;: ]+/g, (piece, process?: string, id?: string) => {
    if (id !== undefined) return `<${names.id(id)}>`;
    return process !== undefined || OWN_WORD.test(piece) ? piece : plain(piece);
  });
}

const OWN_WORD = /^[a-z_]+(?:\.lua)?$/;

function redactHost(part: string, names: Pseudonyms): string {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(part)) return names.ipv4(part);
  return part.includes(":") ? names.ipv6(part) : names.host(part);
}

/** The fields of the message, the innermost only; the template's own words between them stay. */
function messageParts(
  line: TextLine,
  names: Pseudonyms,
  vocabulary: Vocabulary,
): (readonly [Span, (part: string) => string])[] {
  const { template, place } = line;
  if (template === null) return [[place, (part) => redactText(part, "words", names, vocabulary)]];
  const fields = Object.entries(template.fields).filter(([, { span }]) => span !== null);
  const inner = fields.filter(([name, field]) => !fields.some(([other, part]) => other !== name && holds(field, part)));
  const composite = fields.filter((field) => !inner.includes(field));
  const parts: [Span, (part: string) => string][] = inner.flatMap(([name, { span }]) =>
    span === null ? [] : [[span, (part: string) => redactField(name, part, names, vocabulary)]],
  );
  // Between the attributes of a tail: their names, and what nobody knows.
  parts.push(...gaps(place, composite, inner).map((gap): [Span, typeof same] => [gap, same]));
  for (const [, { span }] of composite) {
    if (span === null) continue;
    for (const gap of uncovered(span, inner)) parts.push([gap, (part) => redactText(part, "words", names, vocabulary)]);
  }
  return parts;
}

type NamedField = readonly [string, TextField];

/** Whether one span lies within the other and is not the same. */
function holds({ span: outer }: TextField, { span: part }: TextField): boolean {
  if (outer === null || part === null || part.start === part.end) return false;
  return outer.start <= part.start && part.end <= outer.end && outer.end - outer.start > part.end - part.start;
}

/** The template's own words: what of the message no field covers. */
function gaps(place: Span, composite: readonly NamedField[], inner: readonly NamedField[]): readonly Span[] {
  return uncovered(place, [...composite, ...inner]);
}

function uncovered(span: Span, fields: readonly NamedField[]): readonly Span[] {
  const covered = fields
    .flatMap(([, { span: own }]) => (own === null || own.start === own.end ? [] : [own]))
    .sort((a, b) => a.start - b.start);
  const found: Span[] = [];
  let at = span.start;
  for (const { start, end } of covered) {
    if (end <= span.start || start >= span.end) continue;
    if (start > at) found.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < span.end) found.push({ start: at, end: span.end });
  return found;
}

function redactField(name: string, part: string, names: Pseudonyms, vocabulary: Vocabulary): string {
  if ((PUBLIC_FIELDS.test(name) && PUBLIC_VALUE.test(part)) || /^[-+0-9.,/ ]{1,6}$/.test(part)) return part;
  if (ID_FIELDS.test(name)) return names.id(part);
  if (name === "content") {
    const [, header = "", value = part] = /^((?:header )?[A-Za-z-]+: )?(.*)$/s.exec(part) ?? [];
    return header + redactText(value, "nothing", names, vocabulary);
  }
  if (name === "message_id" && !part.includes("@")) return part.replace(/[^<>]+/, (id) => names.id(id));
  return redactText(part, PERSONAL_FIELDS.test(name) ? "nothing" : "words", names, vocabulary);
}

function same(part: string): string {
  return part;
}

/** The text with each part changed, in order; what no part covers goes through `between`. */
function apply(
  text: string,
  parts: readonly (readonly [Span, (part: string) => string])[],
  between: (part: string) => string,
): string {
  let out = "";
  let at = 0;
  for (const [{ start, end }, change] of [...parts].sort(([a], [b]) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    out += between(text.slice(at, start)) + change(text.slice(start, end));
    at = end;
  }
  return out + between(text.slice(at));
}
