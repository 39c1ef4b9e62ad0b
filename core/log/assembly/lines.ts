import { LF, nextByte } from "./bytes";
import { countLine, passLine } from "./flow/count-line";
import { forgetState } from "./flow/state";
import { entryFound, mayBeExplained, messageFound } from "./found";
import { contentEnd, headerHost, headerHostLength, headerPid, headerStamp, readHeader } from "./header";
import { rowOf } from "./known-writers";
import { match, Row } from "./matcher";
import { messageLevel, messageStart, messageWriter } from "./message-start";
import { entryPositions, messagePositions, origin, setOrigin } from "./path";
import { tallyLine } from "./tally";

/** What is known of one line: core/log/scanning/line-record.ts says in which number of it. Places in the line count from `origin`. */
const record = memory.data(80);

const PID: usize = 0;
const NUMBER: usize = 8;
const LINE_START: usize = 12;
const LINE_END: usize = 16;
const HOST_START: usize = 20;
const HOST_END: usize = 24;
const WRITER: usize = 28;
const LEVEL: usize = 32;
const STAMP: usize = 36;
const MESSAGE_START: usize = 40;
const MESSAGE_END: usize = 44;
const MESSAGE: usize = 48;
const ENTRY: usize = 52;
const SHOWN: usize = 56;
const POSITIONS: usize = 60;

export function lineRecord(): usize {
  return record;
}

/** By template: the number of its message or entry, -1 for none. */
let messageNumbers: usize = 0;
let entryNumbers: usize = 0;

export function setNumbers(messages: usize, entries: usize): void {
  messageNumbers = messages;
  entryNumbers = entries;
}

/** What `nextLine` has come to. */
const NO_MORE: i32 = 0;
const READ: i32 = 1;
/** Its header has to be read in full, then its message be matched with `matchLine`. */
const UNREAD: i32 = 2;

/** Which lines are wanted: all, those that an entry explains, those that flow/count-line.ts leaves, or those explained that tally.ts leaves. */
const ALL: i32 = 0;
const EXPLAINED: i32 = 1;
const UNCOUNTED: i32 = 2;
const UNTALLIED: i32 = 3;

/**
 * Read the lines that lie in `start..end`, the last perhaps without its break, up to the first that is wanted or unread. Places count from 0. The record's number
 * says how many lines were passed.
 */
export function nextLine(start: usize, end: usize, entriesOnly: bool, wanted: i32): i32 {
  setOrigin(0);
  let passed = 0;
  for (let line = start; line < end; passed += 1) {
    const feed = nextByte(LF, line, end);
    const isRead = readLine(line, feed, entriesOnly, wanted);
    line = feed + 1;
    if (wanted == UNCOUNTED) passLine();
    if (isRead && !isWanted) continue;
    store<i32>(record, passed, NUMBER);
    return isRead ? READ : UNREAD;
  }
  store<i32>(record, passed, NUMBER);
  return NO_MORE;
}

/** One line, its break included or not. @param from what places count from @returns false where it is unread */
export function scanLine(start: usize, end: usize, from: usize, entriesOnly: bool): bool {
  setOrigin(from);
  return readLine(start, end, entriesOnly, ALL);
}

/** Whether the line last read is one of those that were wanted. */
let isWanted: bool = false;

/** Of a line that is not wanted nothing is kept but that. */
function readLine(start: usize, end: usize, entriesOnly: bool, wanted: i32): bool {
  const stop = contentEnd(start, end);
  if (!readHeader(start, stop)) {
    forgetState();
    setPlace(LINE_START, start);
    setPlace(LINE_END, end);
    return false;
  }
  const writer = messageWriter();
  const text = messageStart();
  const row = rowOf(writer);
  matchLine(text, max(text, stop), row, entriesOnly);
  const entry = load<i32>(record, ENTRY);
  if (wanted == ALL) isWanted = true;
  else if (wanted == UNCOUNTED) isWanted = !countLine(messageFound(), entry, row, messagePositions());
  else isWanted = entry != -1 && (wanted == EXPLAINED || !tallyLine(entry));
  if (!isWanted) return true;
  setPlace(LINE_START, start);
  setPlace(LINE_END, end);
  setPlace(HOST_START, headerHost());
  setPlace(HOST_END, headerHost() + headerHostLength());
  store<i32>(record, writer, WRITER);
  store<i32>(record, messageLevel(), LEVEL);
  store<i32>(record, headerStamp(), STAMP);
  store<f64>(record, headerPid(), PID);
  setPlace(MESSAGE_START, text);
  setPlace(MESSAGE_END, max(text, stop));
  return true;
}

function setPlace(field: usize, at: usize): void {
  store<usize>(record + field, at - origin());
}

/** Match a message and put into the record what it is. */
export function matchLine(start: usize, end: usize, row: Row, sought: bool): void {
  match(start, end, row, sought);
  // A search for entries does not tell which message a line is.
  if (mayBeExplained()) match(start, end, row, false);
  const message = messageFound();
  const entry = entryFound();
  const explaining = entry == -1 ? message : entry;
  const entryNumber = numberIn(entryNumbers, explaining);
  store<i32>(record, entryNumber, ENTRY);
  store<i32>(record, sought ? -1 : numberIn(messageNumbers, message), MESSAGE);
  // With the goal `entry` a message counts only where it explains.
  const shown = sought && entryNumber == -1 ? -1 : message == -1 ? entry : message;
  store<i32>(record, shown, SHOWN);
  store<usize>(record, message == -1 ? entryPositions() : messagePositions(), POSITIONS);
}

function numberIn(list: usize, template: i32): i32 {
  return template == -1 ? -1 : load<i32>(list + ((<usize>template) << 2));
}
