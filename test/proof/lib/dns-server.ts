import { createSocket, type RemoteInfo } from "node:dgram";

/** A name server that knows a handful of names and says of every other that it does not exist. */
export interface DnsServer extends AsyncDisposable {
  /** Where it listens, port 53. */
  readonly address: string;
  /** Records by name, instead of those it knew. */
  know(zone: Zone): void;
}

/** Of each name its records, or that asking for it fails. */
export type Zone = Readonly<Record<string, DnsRecords | "SERVFAIL">>;
export type DnsRecords = Readonly<Partial<Record<"A" | "MX" | "TXT" | "PTR", string>>>;

const HEADER = 12;
const SERVER_FAILURE = 2;
const NO_SUCH_NAME = 3;

/** On port 53 of a loopback address of its own, so that it is nobody's resolver but that of who is told its address. */
export async function startDnsServer(): Promise<DnsServer> {
  const socket = createSocket("udp4");
  let known: Zone = {};
  socket.on("message", (query: Buffer, { address, port }: RemoteInfo) => {
    const answer = answerTo(query, known);
    if (answer !== null) socket.send(answer, port, address);
  });
  const address = `127.53.${byte()}.${byte()}`;
  await new Promise<void>((resolve, reject) => socket.once("error", reject).bind(53, address, resolve));
  socket.unref();
  return {
    address,
    know(zone) {
      known = zone;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function byte(): number {
  return 1 + Math.floor(Math.random() * 250);
}

/** RFC 1035, section 4: one question, at most one answer. */
function answerTo(query: Buffer, known: Zone): Buffer | null {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  const end = at + 5;
  if (query.length < end) return null;
  const records = known[labels.join(".")];
  const type = TYPES.find(({ code }) => code === query.readUInt16BE(at + 1));
  const value = typeof records === "object" && type !== undefined ? records[type.name] : undefined;
  const header = Buffer.alloc(HEADER);
  query.copy(header, 0, 0, 2);
  // An authoritative response, with recursion as if we could.
  header.writeUInt16BE(
    0x8580 | (records === undefined ? NO_SUCH_NAME : records === "SERVFAIL" ? SERVER_FAILURE : 0),
    2,
  );
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(value === undefined ? 0 : 1, 6);
  const question = query.subarray(HEADER, end);
  if (value === undefined || type === undefined) return Buffer.concat([header, question]);
  const data = type.encode(value);
  const record = Buffer.from([0xc0, HEADER, 0, type.code, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([header, question, record, data]);
}

const TYPES = [
  { name: "A", code: 1, encode: (value: string) => Buffer.from(value.split(".").map(Number)) },
  { name: "MX", code: 15, encode: encodeMx },
  { name: "TXT", code: 16, encode: encodeText },
  { name: "PTR", code: 12, encode: encodeName },
] as const;

/** `10 mail.example.com`, or `0 .` for a domain that takes no mail. */
function encodeMx(value: string): Buffer {
  const [preference = "0", host = ""] = value.split(" ");
  return Buffer.concat([Buffer.from([0, Number(preference)]), encodeName(host)]);
}

function encodeName(name: string): Buffer {
  const labels = name.split(".").filter((label) => label !== "");
  return Buffer.concat([...labels.map(encodeText), Buffer.from([0])]);
}

function encodeText(text: string): Buffer {
  return Buffer.from([text.length, ...Buffer.from(text, "latin1")]);
}
