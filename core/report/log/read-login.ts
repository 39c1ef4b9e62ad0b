import { COMMA, decimal, GREATER, isBlank, skipDigits, standsAt } from "../../log/ascii.ts";
import { findText } from "./find-text.ts";
import type { ReportLine } from "./report-line.ts";

/** Dovecot 2.3 and 2.4 begin the line of a login with one of these. */
const LOGGED_IN = ["Login: ", "Logged in: "];
const FAILED = "auth failed, ";

/**
 * What a line of one of Dovecot's login services says about a login: `Login: user=<a>, method=PLAIN, rip=192.0.2.1, …` and
 * `Disconnected …(auth failed, 3 attempts in 12 secs): user=<a>, … rip=192.0.2.1, …`. @returns false where it says nothing about one
 */
export function readDovecotLogin(bytes: Uint8Array, start: number, end: number, into: ReportLine): boolean {
  const failure = findText(bytes, start, end, FAILED);
  if (failure === -1 && !LOGGED_IN.some((words) => standsAt(bytes, start, end, words))) return false;
  into.kind = failure === -1 ? "login" : "login-failed";
  into.attempts = 1;
  if (failure !== -1) {
    const digits = failure + FAILED.length;
    into.attempts = Math.min(1000, Math.max(1, decimal(bytes, digits, skipDigits(bytes, digits, end))));
  }
  const user = findText(bytes, start, end, "user=<");
  if (user !== -1) {
    const close = bytes.indexOf(GREATER, user);
    if (close !== -1 && close < end) setPiece(into.user, user + "user=<".length, close);
  }
  const remote = findText(bytes, start, end, "rip=");
  if (remote !== -1) {
    let stop = remote + "rip=".length;
    while (stop < end && bytes[stop] !== COMMA && !isBlank(bytes[stop])) stop += 1;
    setPiece(into.clientAddress, remote + "rip=".length, stop);
  }
  return true;
}

function setPiece(piece: { start: number; end: number }, start: number, end: number): void {
  piece.start = start;
  piece.end = end;
}
