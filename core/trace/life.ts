/**
 * What a line does to the life of the mail it is about. `origin`: smtpd(8) or pickup(8) opens the queue file. `removed`:
 * the queue file is gone and its id, if short, may come again.
 */
export type Mark = "origin" | "message-id" | "active" | "delivery" | "removed" | "other";

/** @param rest the message behind `ID: ` */
export function markOf(rest: string): Mark {
  for (const [start, mark] of STARTS) if (rest.startsWith(start)) return mark;
  return "other";
}

const STARTS: readonly (readonly [start: string, mark: Mark])[] = [
  ["to=<", "delivery"],
  ["from=<", "active"],
  ["message-id=", "message-id"],
  ["client=", "origin"],
  ["removed", "removed"],
  // postsuper(1) moves the file away; what becomes of it has another id.
  ["requeued", "removed"],
  ["uid=", "origin"],
];

/** How far a mail has come. */
export interface Life {
  readonly hasOrigin: boolean;
  /** In the hands of the queue manager: a line that opens a queue file cannot be about this mail any more. */
  readonly isMoving: boolean;
  readonly isRemoved: boolean;
}

export const UNBORN: Life = { hasOrigin: false, isMoving: false, isRemoved: false };

/**
 * Whether a line with the same queue id begins another mail: after `removed` anything that a new mail begins with; a
 * queue file that is opened, also where `removed` is missing. Anything else after `removed` is a late line of the old.
 */
export function beginsAnother(life: Life, mark: Mark): boolean {
  if (mark === "origin") return life.hasOrigin || life.isMoving || life.isRemoved;
  return life.isRemoved && (mark === "message-id" || mark === "active");
}

export function lifeAfter(life: Life, mark: Mark): Life {
  if (mark === "origin") return life.hasOrigin ? life : { ...life, hasOrigin: true };
  if (mark === "removed") return life.isRemoved ? life : { ...life, isRemoved: true };
  return (mark === "active" || mark === "delivery") && !life.isMoving ? { ...life, isMoving: true } : life;
}
