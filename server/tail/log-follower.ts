import { type FileHandle, open, stat } from "node:fs/promises";

/** What happens to a log besides growing. After `rotated` (another file has its name now) and `truncated` (it became shorter) lines count from 1 again. */
export type LogEvent = "rotated" | "truncated" | "gone";

export interface FollowListener {
  /** Whole lines that were added, line breaks included; of a file that is done with, the last may lack its own. `linesBefore` of the same file. */
  lines(bytes: Uint8Array, linesBefore: number): Promise<void> | undefined;
  event(what: LogEvent): void;
}

/** Reads what is added to a log, each byte once, across rotation by renaming and by truncating. */
export interface LogFollower {
  /** Reads what has come since the last time. @throws the system's error if reading fails */
  poll(listener: FollowListener): Promise<void>;
  close(): Promise<void>;
}

/** Where in a file reading has come to. */
export interface ReadPosition {
  /** Device and inode. */
  readonly identity: string;
  /** Bytes read: up to the end of a line. */
  readonly bytes: number;
  readonly lines: number;
}

const CHUNK = 256 * 1024;
const LF = 10;
/** Bytes of an unfinished line that are kept; the rest of a longer one is passed over. */
const LONGEST_LINE = 1024 * 1024;
/** A file that was emptied and has grown beyond where we were looks as if it had only grown, but for its last bytes that we know. */
const KNOWN = 64;

/**
 * Goes on where a reading of the log has ended. If the name belongs to another file by now, that one is read from its begin.
 * @throws the system's error if there is no such file
 */
export async function followLog(file: string, from: ReadPosition): Promise<LogFollower> {
  let current = await openFile(file);
  let isGone = false;
  if (current.identity === from.identity) {
    current.position = from.bytes;
    current.lines = from.lines;
    await remember(current);
  }

  async function poll(listener: FollowListener): Promise<void> {
    await readAdded(current, listener);
    const identity = await identityOf(file);
    if (identity === null) {
      if (!isGone) listener.event("gone");
      isGone = true;
      return;
    }
    isGone = false;
    if (identity === current.identity) return;
    const next = await openFile(file).catch(() => null);
    if (next === null) return;
    // The writer may have written more to the old file before it took the new one.
    await readAdded(current, listener);
    await finish(current, listener);
    await current.handle.close();
    current = next;
    listener.event("rotated");
    await readAdded(current, listener);
  }

  return { poll, close: () => current.handle.close() };
}

interface OpenLog {
  readonly handle: FileHandle;
  readonly identity: string;
  position: number;
  lines: number;
  /** An unfinished line. */
  carried: Uint8Array;
  /** The last bytes before `position`. */
  known: Uint8Array;
}

const NOTHING = new Uint8Array(0);

async function openFile(file: string): Promise<OpenLog> {
  const handle = await open(file, "r");
  const { dev, ino } = await handle.stat();
  return { handle, identity: `${dev}:${ino}`, position: 0, lines: 0, carried: NOTHING, known: NOTHING };
}

async function identityOf(file: string): Promise<string | null> {
  return stat(file).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  );
}

async function readAdded(log: OpenLog, listener: FollowListener): Promise<void> {
  if (await wasEmptied(log)) {
    Object.assign(log, { position: 0, lines: 0, carried: NOTHING, known: NOTHING });
    listener.event("truncated");
  }
  for (;;) {
    const buffer = new Uint8Array(CHUNK);
    // oxlint-disable-next-line no-await-in-loop -- each piece is read behind the one before
    const { bytesRead } = await log.handle.read(buffer, 0, CHUNK, log.position);
    if (bytesRead === 0) break;
    log.position += bytesRead;
    // oxlint-disable-next-line no-await-in-loop -- in the order of the lines
    await tell(log, buffer.subarray(0, bytesRead), listener);
  }
  await remember(log);
}

async function wasEmptied({ handle, position, known }: OpenLog): Promise<boolean> {
  const { size } = await handle.stat();
  if (size < position) return true;
  const there = new Uint8Array(known.length);
  await handle.read(there, 0, there.length, position - known.length);
  return there.some((byte, index) => byte !== known[index]);
}

async function remember(log: OpenLog): Promise<void> {
  const length = Math.min(KNOWN, log.position);
  log.known = new Uint8Array(length);
  await log.handle.read(log.known, 0, length, log.position - length);
}

/** Hands on whole lines and keeps what begins another. */
async function tell(log: OpenLog, added: Uint8Array, listener: FollowListener): Promise<void> {
  const end = added.lastIndexOf(LF) + 1;
  if (end === 0) {
    log.carried = joined(log.carried, added);
    return;
  }
  const whole = joined(log.carried, added.subarray(0, end));
  log.carried = added.slice(end);
  const before = log.lines;
  for (let at = whole.indexOf(LF); at !== -1; at = whole.indexOf(LF, at + 1)) log.lines += 1;
  await listener.lines(whole, before);
}

async function finish(log: OpenLog, listener: FollowListener): Promise<void> {
  if (log.carried.length > 0) await listener.lines(log.carried, log.lines);
  log.carried = NOTHING;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other.slice();
  if (one.length >= LONGEST_LINE && other.at(-1) !== LF) return one;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
