import { type CommandCount, type Delays, readCommands, readDelays } from "../log/fields.ts";

/** A machine at the other end. */
export interface Peer {
  readonly name?: string;
  /** An IP address. */
  readonly address?: string;
  readonly port?: number;
  /** A UNIX socket instead of an address. */
  readonly socket?: string;
}

/** What a line says, typed. What it does not say is absent. Times are in seconds, sizes in bytes. */
export interface LineValues {
  /** Who connected. */
  readonly client?: Peer;
  /** Whom Postfix connected to, or where the client was received. */
  readonly server?: Peer;
  readonly helo?: string;
  /** SMTP or ESMTP. */
  readonly protocol?: string;
  /** The SMTP command at which it happened. */
  readonly stage?: string;
  /** reject, reject_warning, hold … */
  readonly verb?: string;
  /** Empty for the null sender. */
  readonly sender?: string;
  readonly recipients?: readonly string[];
  readonly orig_recipient?: string;
  readonly message_id?: string;
  /** The queue id that the next hop gave it. */
  readonly new_queue_id?: string;
  readonly size?: number;
  readonly recipient_count?: number;
  readonly delay?: number;
  readonly delays?: Delays;
  /** An enhanced status code (RFC 3463). */
  readonly dsn?: string;
  /** sent, deferred, bounced, expired … */
  readonly status?: string;
  /** An SMTP reply code. */
  readonly reply_code?: number;
  readonly reason?: string;
  readonly tls?: { readonly version?: string; readonly cipher?: string; readonly level?: string };
  readonly sasl?: { readonly method?: string; readonly user?: string; readonly sender?: string };
  /** Commands of a session and how often each was given. */
  readonly commands?: Readonly<Record<string, CommandCount>>;
  /** A spam filter's number. */
  readonly score?: number;
}

/** The fields that have a typed value, those of a peer with its parts; none of them told. Spread it for an object that is quickly read. */
export const NO_VALUE_FIELDS = {
  client_name: undefined,
  client_address: undefined,
  client_port: undefined,
  peer_name: undefined,
  peer_address: undefined,
  peer_port: undefined,
  server_name: undefined,
  server_address: undefined,
  server_port: undefined,
  relay: undefined,
  helo: undefined,
  proto: undefined,
  stage: undefined,
  verb: undefined,
  sender: undefined,
  recipients: undefined,
  recipient: undefined,
  orig_to: undefined,
  message_id: undefined,
  new_queue_id: undefined,
  reason: undefined,
  size: undefined,
  nrcpt: undefined,
  delay: undefined,
  delays: undefined,
  dsn: undefined,
  status: undefined,
  code: undefined,
  tls_version: undefined,
  protocol: undefined,
  tls_cipher: undefined,
  cipher: undefined,
  tls: undefined,
  sasl_method: undefined,
  sasl_username: undefined,
  user: undefined,
  login: undefined,
  sasl_sender: undefined,
  stats: undefined,
  score: undefined,
};

/** What these fields hold in a line; absent or undefined where it lacks one. */
export type ValueFields = { readonly [Name in keyof typeof NO_VALUE_FIELDS]?: string | undefined };

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Daemons whose lines are about the server they talk to. */
const CLIENTS_OF_OTHERS: ReadonlySet<string> = new Set(["smtp", "lmtp", "posttls-finger"]);

/** The typed values of a line's fields, null if none has a type. `daemon` decides who is client and who is server. */
export function lineValues(fields: ValueFields, daemon: string | null): LineValues | null {
  const values: Mutable<LineValues> = {};
  putPeers(values, fields, daemon !== null && CLIENTS_OF_OTHERS.has(daemon));
  put(values, "helo", textOf(fields.helo));
  put(values, "protocol", textOf(fields.proto));
  put(values, "stage", textOf(fields.stage));
  put(values, "verb", textOf(fields.verb));
  put(values, "sender", fields.sender);
  put(values, "recipients", recipientsOf(fields));
  put(values, "orig_recipient", textOf(fields.orig_to));
  put(values, "message_id", textOf(fields.message_id));
  put(values, "new_queue_id", textOf(fields.new_queue_id) ?? queuedAs(fields.reason));
  put(values, "size", numberOf(fields.size));
  put(values, "recipient_count", numberOf(fields.nrcpt));
  put(values, "delay", numberOf(fields.delay));
  put(values, "delays", fields.delays === undefined ? undefined : (readDelays(fields.delays) ?? undefined));
  put(values, "dsn", dsnOf(fields.dsn));
  put(values, "status", textOf(fields.status));
  put(values, "reply_code", replyCode(fields));
  put(values, "reason", textOf(fields.reason));
  put(values, "tls", tlsOf(fields));
  put(values, "sasl", saslOf(fields));
  put(values, "commands", fields.stats === undefined ? undefined : commandsOf(fields.stats));
  put(values, "score", numberOf(fields.score));
  // oxlint-disable-next-line no-unreachable-loop -- one is enough
  for (const _ in values) return values;
  return null;
}

/** Nothing is put in for what a line lacks: a whole log is read through here. */
function put<Shape extends object, Name extends keyof Shape>(
  into: Shape,
  name: Name,
  value: Shape[Name] | undefined,
): void {
  if (value !== undefined) into[name] = value;
}

function putPeers(values: Mutable<LineValues>, fields: ValueFields, outgoing: boolean): void {
  const peer =
    peerOf(fields.client_name, fields.client_address, fields.client_port) ??
    peerOf(fields.peer_name, fields.peer_address, fields.peer_port);
  if (!outgoing) put(values, "client", peer);
  const server = relayOf(fields.relay) ?? peerOf(fields.server_name, fields.server_address, fields.server_port);
  put(values, "server", server ?? (outgoing ? peer : undefined));
}

function tlsOf(fields: ValueFields): LineValues["tls"] {
  const version = tlsVersion(fields.tls_version ?? fields.protocol);
  const cipher = textOf(fields.tls_cipher ?? fields.cipher);
  const level = fields.tls !== undefined && /^[a-z-]+$/.test(fields.tls) ? fields.tls : undefined;
  if (version === undefined && cipher === undefined && level === undefined) return undefined;
  const tls: Mutable<NonNullable<LineValues["tls"]>> = {};
  put(tls, "version", version);
  put(tls, "cipher", cipher);
  put(tls, "level", level);
  return tls;
}

function saslOf(fields: ValueFields): LineValues["sasl"] {
  const method = textOf(fields.sasl_method);
  const user = textOf(fields.sasl_username ?? fields.user ?? fields.login);
  const sender = textOf(fields.sasl_sender);
  if (method === undefined && user === undefined && sender === undefined) return undefined;
  const sasl: Mutable<NonNullable<LineValues["sasl"]>> = {};
  put(sasl, "method", method);
  put(sasl, "user", user);
  put(sasl, "sender", sender);
  return sasl;
}

function textOf(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** A decimal number and nothing else. */
function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && text.length <= 20 && /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

function dsnOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[245]\.\d{1,3}\.\d{1,3}$/.test(text) ? text : undefined;
}

/** `unknown` is Postfix' word for a client whose name it does not know. */
function peerOf(host: string | undefined, place: string | undefined, port: string | undefined): Peer | undefined {
  if (host === undefined && place === undefined && port === undefined) return undefined;
  const address = textOf(place);
  const isSocket = address !== undefined && !/^[0-9A-Fa-f.:%]+$/.test(address);
  const peer: Mutable<Peer> = {};
  put(peer, "name", host === "unknown" ? undefined : textOf(host));
  put(peer, "address", isSocket ? undefined : address);
  put(peer, "port", numberOf(port));
  put(peer, "socket", isSocket && address.includes("/") ? address : undefined);
  return peer.name === undefined && peer.address === undefined && peer.port === undefined && peer.socket === undefined
    ? undefined
    : peer;
}

/** `mx.example[192.0.2.1]:25`, `d.example[private/lmtp]`, `local`, `none`. */
function relayOf(relay: string | undefined): Peer | undefined {
  if (relay === undefined) return undefined;
  const found = /^([^[\s]*)\[([^\]\s]+)\](?::(\d+))?$/.exec(relay);
  if (found === null) return undefined;
  const [, name, address, port] = found;
  return peerOf(name, address, port);
}

function recipientsOf(fields: ValueFields): readonly string[] | undefined {
  const list = fields.recipients;
  if (list !== undefined && list.startsWith("<")) {
    return list
      .slice(1)
      .split(",<")
      .map((one) => (one.endsWith(">") ? one.slice(0, -1) : one));
  }
  const one = textOf(fields.recipient);
  return one === undefined ? undefined : [one];
}

/** Versions come as `TLSv1.3`, `TLSv1`; other things called protocol are none. */
function tlsVersion(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:TLS|SSL)v\d/.test(text) ? text : undefined;
}

/** Of a reject its own code; of a delivery the code that the other server is quoted with. */
function replyCode({ code: given, reason }: ValueFields): number | undefined {
  const own = numberOf(given);
  if (own !== undefined && own >= 200 && own <= 599) return own;
  if (reason === undefined) return undefined;
  const said = / (?:said|talk to me): (\d{3})[ -]/.exec(reason) ?? /^(\d{3})[ -]/.exec(reason);
  const code = Number(said?.[1] ?? 0);
  return code >= 200 && code <= 599 ? code : undefined;
}

/** `250 2.0.0 Ok: queued as 4Zx1Qk0Y1Mz3kT`, as Postfix answers. */
function queuedAs(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : / queued as ([0-9A-Za-z]{5,32})$/.exec(reason)?.[1];
}

function commandsOf(stats: string): Readonly<Record<string, CommandCount>> | undefined {
  const commands = readCommands(stats);
  return commands === null || commands.size === 0 ? undefined : Object.fromEntries(commands);
}
