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

type Fields = Readonly<Record<string, string>>;

/** Daemons whose lines are about the server they talk to. */
const CLIENTS_OF_OTHERS: ReadonlySet<string> = new Set(["smtp", "lmtp", "posttls-finger"]);

/** The typed values of a line's fields, null if none has a type. `daemon` decides who is client and who is server. */
export function lineValues(fields: Fields, daemon: string | null): LineValues | null {
  const outgoing = daemon !== null && CLIENTS_OF_OTHERS.has(daemon);
  const peer = peerOf(fields, "client") ?? peerOf(fields, "peer");
  const values = some<LineValues>({
    client: outgoing ? undefined : peer,
    server: relayOf(fields["relay"]) ?? peerOf(fields, "server") ?? (outgoing ? peer : undefined),
    helo: textOf(fields["helo"]),
    protocol: textOf(fields["proto"]),
    stage: textOf(fields["stage"]),
    verb: textOf(fields["verb"]),
    sender: fields["sender"],
    recipients: recipientsOf(fields),
    orig_recipient: textOf(fields["orig_to"]),
    message_id: textOf(fields["message_id"]),
    new_queue_id: textOf(fields["new_queue_id"]) ?? queuedAs(fields["reason"]),
    size: numberOf(fields["size"]),
    recipient_count: numberOf(fields["nrcpt"]),
    delay: numberOf(fields["delay"]),
    delays: readDelays(fields["delays"] ?? null) ?? undefined,
    dsn: dsnOf(fields["dsn"]),
    status: textOf(fields["status"]),
    reply_code: replyCode(fields),
    reason: textOf(fields["reason"]),
    tls: some<NonNullable<LineValues["tls"]>>({
      version: tlsVersion(fields["tls_version"] ?? fields["protocol"]),
      cipher: textOf(fields["tls_cipher"] ?? fields["cipher"]),
      level: /^[a-z-]+$/.test(fields["tls"] ?? "") ? fields["tls"] : undefined,
    }),
    sasl: some<NonNullable<LineValues["sasl"]>>({
      method: textOf(fields["sasl_method"]),
      user: textOf(fields["sasl_username"] ?? fields["user"] ?? fields["login"]),
      sender: textOf(fields["sasl_sender"]),
    }),
    commands: commandsOf(fields["stats"]),
    score: numberOf(fields["score"]),
  });
  return values ?? null;
}

/** The members that are not undefined; undefined where none is. */
function some<Shape extends object>(
  members: {
    readonly [Name in keyof Shape]: Shape[Name] | undefined;
  },
): Shape | undefined {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same members, fewer of them, and all may be absent
  return present.length === 0 ? undefined : (Object.fromEntries(present) as Shape);
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
function peerOf(fields: Fields, name: string): Peer | undefined {
  const address = textOf(fields[`${name}_address`]);
  const host = textOf(fields[`${name}_name`]);
  const isSocket = address !== undefined && !/^[0-9A-Fa-f.:%]+$/.test(address);
  return some<Peer>({
    name: host === "unknown" ? undefined : host,
    address: isSocket ? undefined : address,
    port: numberOf(fields[`${name}_port`]),
    socket: isSocket && address.includes("/") ? address : undefined,
  });
}

/** `mx.example[192.0.2.1]:25`, `d.example[private/lmtp]`, `local`, `none`. */
function relayOf(relay: string | undefined): Peer | undefined {
  const found = /^([^[\s]*)\[([^\]\s]+)\](?::(\d+))?$/.exec(relay ?? "");
  if (found === null) return undefined;
  const [, name = "", address = "", port = ""] = found;
  return peerOf({ server_name: name, server_address: address, server_port: port }, "server");
}

function recipientsOf(fields: Fields): readonly string[] | undefined {
  const list = fields["recipients"];
  if (list !== undefined && list.startsWith("<")) {
    return list
      .slice(1)
      .split(",<")
      .map((one) => (one.endsWith(">") ? one.slice(0, -1) : one));
  }
  const one = textOf(fields["recipient"]);
  return one === undefined ? undefined : [one];
}

/** Versions come as `TLSv1.3`, `TLSv1`; other things called protocol are none. */
function tlsVersion(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:TLS|SSL)v\d/.test(text) ? text : undefined;
}

/** Of a reject its own code; of a delivery the code that the other server is quoted with. */
function replyCode(fields: Fields): number | undefined {
  const own = numberOf(fields["code"]);
  if (own !== undefined && own >= 200 && own <= 599) return own;
  const said =
    / (?:said|talk to me): (\d{3})[ -]/.exec(fields["reason"] ?? "") ?? /^(\d{3})[ -]/.exec(fields["reason"] ?? "");
  const code = Number(said?.[1] ?? 0);
  return code >= 200 && code <= 599 ? code : undefined;
}

/** `250 2.0.0 Ok: queued as 4Zx1Qk0Y1Mz3kT`, as Postfix answers. */
function queuedAs(reason: string | undefined): string | undefined {
  return / queued as ([0-9A-Za-z]{5,32})$/.exec(reason ?? "")?.[1];
}

function commandsOf(stats: string | undefined): Readonly<Record<string, CommandCount>> | undefined {
  const commands = readCommands(stats ?? null);
  return commands === null || commands.size === 0 ? undefined : Object.fromEntries(commands);
}
