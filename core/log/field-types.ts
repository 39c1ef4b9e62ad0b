/**
 * What a field of a template may hold.
 *
 * Closed types decide by their own bytes where they end:
 * - `queue_id`: letters and digits, 5 or more, or `NOQUEUE`
 * - `verb`: lower-case letters, `-` and `_`, such as `reject_warning`
 * - `stage`: an SMTP command or state, such as `RCPT`, `END-OF-MESSAGE`, `DATA content`
 * - `client`: `name[address]`, the name may be empty, an optional `:port` behind
 * - `int`: digits, an optional sign; `number`: the same with an optional fraction
 * - `code`: an SMTP reply code; `dsn`: an enhanced status code (RFC 3463)
 * - `ip`: an IPv4 or IPv6 address; `char`: one byte; `item`: up to a comma
 * - `address` and `helo` behind a `<`: up to the `>`; a quoted local part may hold one
 * - `addresses`: one or more `<…>` with commas between
 * - the tails `envelope`, `delivery`, `login`, `stats`, `session`, `amavis`: attribute lists of which any part, or all,
 *   may be absent; see field-tails.ts
 *
 * Open types end at the leftmost occurrence of the literal that follows; last in a template they take the rest:
 * - `word`: no blank in it
 * - `text` and `rest` (which must be last): anything
 * - `address` and `helo` elsewhere: as `text` and `word`
 */
const FIELD_TYPES = [
  "queue_id",
  "verb",
  "stage",
  "client",
  "int",
  "number",
  "code",
  "dsn",
  "ip",
  "char",
  "item",
  "address",
  "addresses",
  "helo",
  "word",
  "text",
  "rest",
  "envelope",
  "delivery",
  "login",
  "stats",
  "session",
  "amavis",
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

const BY_NAME: Readonly<Record<string, FieldType>> = {
  new_queue_id: "queue_id",
  orig_queue_id: "queue_id",
  action: "verb",
  where: "stage",
  peer: "client",
  size: "int",
  nrcpt: "int",
  count: "int",
  limit: "int",
  port: "int",
  line: "int",
  lineno: "int",
  uid: "int",
  gid: "int",
  pid: "int",
  fd: "int",
  delay: "number",
  elapsed: "number",
  addr: "ip",
  relay: "item",
  sender: "address",
  recipient: "address",
  orig_recipient: "address",
  from: "address",
  to: "address",
  map: "word",
  table: "word",
  parameter: "word",
  restriction: "word",
  service: "word",
  transport: "word",
  domain: "word",
  host: "word",
  hostname: "word",
  name: "word",
  method: "word",
  status: "word",
  version: "word",
  protocol: "word",
  cipher: "word",
};

export function isFieldType(name: string): name is FieldType {
  return FIELD_TYPES.some((type) => type === name);
}

/** The type of a field that does not name one: its name if that is a type, else by the table of names, else `text`. */
export function typeOfName(name: string): FieldType {
  if (isFieldType(name)) return name;
  return Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? "text") : "text";
}

/** How a field's end is found. `word` and `text` are open: they end where the next literal first stands. */
export type FieldRule = "closed" | "word" | "text";

/** The rule of a type, given whether a `<` stands right before the field. */
export function ruleOf(type: FieldType, bracketed: boolean): FieldRule {
  switch (type) {
    case "word":
      return "word";
    case "text":
    case "rest":
      return "text";
    case "address":
      return bracketed ? "closed" : "text";
    case "helo":
      return bracketed ? "closed" : "word";
    default:
      return "closed";
  }
}
