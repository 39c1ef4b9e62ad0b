import { type Event, type LifeWriter, writeLife } from "./life.ts";
import { inboundMail, localMail, outboundMail } from "./mails.ts";
import { createRandom, type Random } from "./random.ts";
import { housekeeping, reader, refusedClient, scanner, screenedClient } from "./visitors.ts";
import { createWorld } from "./world.ts";

/** How often each kind of life begins, in so many of 1,000. */
const MIX: readonly (readonly [number, LifeWriter])[] = [
  [380, inboundMail],
  [200, outboundMail],
  [20, localMail],
  [130, refusedClient],
  [90, scanner],
  [70, screenedClient],
  [90, reader],
  [20, housekeeping],
];

/** 9 November 2026, 06:00: with a life every 90 ms on average, 1 GB of log lasts three days and ends in the same month. */
const BEGIN = Date.UTC(2026, 10, 9, 6);
const LONGEST_PAUSE = 180;

/**
 * Lines of a mail server's log without end, without their line breaks, in order of time: mails and visitors come in one after the other and their lines
 * interleave. The same for one seed, on every machine.
 */
export function* logLines(seed: number): Generator<string, never> {
  const random = createRandom(seed);
  const world = createWorld(random);
  const waiting = createAgenda();
  const stamp = createStamper();
  let now = BEGIN;
  for (;;) {
    now += random.int(LONGEST_PAUSE);
    for (let due = waiting.takeBefore(now); due !== null; due = waiting.takeBefore(now)) {
      yield `${stamp(due.time)} mail ${due.event.tag}: ${due.event.message}`;
    }
    for (const event of writeLife(nextWriter(random), random, world)) waiting.add(now + event.after, event);
  }
}

function nextWriter(random: Random): LifeWriter {
  let number = random.int(1000);
  for (const [share, writer] of MIX) {
    if (number < share) return writer;
    number -= share;
  }
  return housekeeping;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Writes times as syslog does; of the lines of one second only the first costs anything. */
function createStamper(): (time: number) => string {
  let lastSecond = -1;
  let text = "";
  return (time) => {
    const second = Math.floor(time / 1000);
    if (second === lastSecond) return text;
    lastSecond = second;
    const date = new Date(time);
    const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
    const day = String(date.getUTCDate()).padStart(2, " ");
    text = `${MONTHS[date.getUTCMonth()] ?? ""} ${day} ${clock.map((part) => String(part).padStart(2, "0")).join(":")}`;
    return text;
  };
}

interface Due {
  readonly time: number;
  /** Of two at one time the one that was added first comes first. */
  readonly order: number;
  readonly event: Event;
}

interface Agenda {
  add(time: number, event: Event): void;
  /** Takes the earliest out, if it is before a time. */
  takeBefore(time: number): Due | null;
}

/** A binary heap. */
function createAgenda(): Agenda {
  const heap: Due[] = [];
  let order = 0;
  const isBefore = (one: number, other: number): boolean => {
    const a = heap[one];
    const b = heap[other];
    return a !== undefined && b !== undefined && (a.time < b.time || (a.time === b.time && a.order < b.order));
  };
  const swap = (one: number, other: number): void => {
    const a = heap[one];
    const b = heap[other];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  };
  return {
    add(time, event) {
      heap.push({ time, order: order++, event });
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isBefore(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    takeBefore(time) {
      const first = heap[0];
      if (first === undefined || first.time >= time) return null;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const least = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(least, at)) return first;
        swap(at, least);
        at = least;
      }
    },
  };
}
