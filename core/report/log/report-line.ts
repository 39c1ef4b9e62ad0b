/** What a line tells about the flow of mail. Each line is one of these at most. */
export const EVENTS = [
  "received",
  "delivered",
  "forwarded",
  "deferred",
  "bounced",
  "expired",
  "rejected",
  "reject-warning",
  "held",
  "discarded",
  "connected",
  "queued",
  "tls",
  "login",
  "login-failed",
] as const;

export type EventKind = (typeof EVENTS)[number];

/** A piece of `ReportLine.bytes`; empty where the line lacks it. One object for each field, moved from line to line. */
export interface Piece {
  start: number;
  end: number;
}

/** What a report takes from one line. One object for all lines: it is filled anew by each, and valid until the next. */
export interface ReportLine {
  bytes: Uint8Array;
  kind: EventKind | null;
  /** Of a rejection: with a 4xx code, so the client may come back. */
  isTemporary: boolean;
  /** Of a delivery: to a content filter on this machine, which gives the mail back. */
  isToFilter: boolean;
  /** Of TLS: this server was the one to connect. */
  isOutgoing: boolean;
  /** Logins of this line: one, but Dovecot counts up to the end of a connection. */
  attempts: number;
  /** The catalogue entry that explains the line. */
  entryId: string | null;
  /** All the pieces that follow. */
  readonly pieces: readonly Piece[];
  readonly queueId: Piece;
  /** `name[address]`, without a port. */
  readonly client: Piece;
  readonly clientAddress: Piece;
  readonly sender: Piece;
  readonly recipient: Piece;
  readonly relay: Piece;
  /** Milliseconds before the queue manager, in it, connecting, transmitting; then the sum as Postfix gives it. -1: not told. */
  readonly delays: Float64Array;
  /** Of a mail that qmgr takes up, in bytes. -1: not told. */
  size: number;
  readonly reason: Piece;
  readonly protocol: Piece;
  readonly user: Piece;
}

export function reportLine(): ReportLine {
  const pieces = Array.from({ length: 9 }, (): Piece => ({ start: 0, end: 0 }));
  const piece = (index: number): Piece => pieces[index] ?? { start: 0, end: 0 };
  return {
    bytes: new Uint8Array(0),
    kind: null,
    isTemporary: false,
    isToFilter: false,
    isOutgoing: false,
    attempts: 0,
    size: -1,
    entryId: null,
    pieces,
    queueId: piece(0),
    client: piece(1),
    clientAddress: piece(2),
    sender: piece(3),
    recipient: piece(4),
    relay: piece(5),
    reason: piece(6),
    protocol: piece(7),
    user: piece(8),
    delays: new Float64Array(5).fill(-1),
  };
}

/** Makes it a line that says nothing: what a line whose kind is null is already. */
export function clearLine(line: ReportLine): void {
  line.kind = null;
  line.isTemporary = false;
  line.isToFilter = false;
  line.isOutgoing = false;
  line.attempts = 0;
  line.size = -1;
  line.entryId = null;
  for (const piece of line.pieces) {
    piece.start = 0;
    piece.end = 0;
  }
  // All of the first four are told or none.
  if (line.delays[0] !== -1 || line.delays[4] !== -1) line.delays.fill(-1);
}

export function isEmpty({ start, end }: Piece): boolean {
  return start >= end;
}
