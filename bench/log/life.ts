import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** A line to come: milliseconds after the life begins, the program's tag, the message. */
export interface Event {
  readonly after: number;
  readonly tag: string;
  readonly message: string;
}

/** What one mail, one visitor or one process leaves in the log, in order of time. */
export type Life = readonly Event[];

/** Writes down one life. Time passes with `wait`. */
export interface Scribe {
  readonly random: Random;
  readonly world: World;
  wait(milliseconds: number): void;
  /** A line of a process. `program` is the tag without its pid. */
  say(program: string, pid: number, message: string): void;
  /** The same with a process of the program's own choosing. */
  tell(program: string, message: string): void;
}

export type LifeWriter = (scribe: Scribe) => void;

export function writeLife(writer: LifeWriter, random: Random, world: World): Life {
  const events: Event[] = [];
  let now = 0;
  const say = (program: string, pid: number, message: string): void => {
    now += random.int(300);
    events.push({ after: now, tag: `${program}[${pid}]`, message });
  };
  writer({
    random,
    world,
    say,
    wait(milliseconds) {
      now += milliseconds;
    },
    tell: (program, message) => say(program, world.pid(program), message),
  });
  return events;
}
