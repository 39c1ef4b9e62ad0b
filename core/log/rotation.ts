/** What the name of a log tells about its rotation, as logrotate(8) and newsyslog(8) name files. */
interface Rotation {
  /** `mail.log` of `mail.log.2.gz`, `mail.log.3.zst` and `mail.log-20261122`. */
  readonly log: string;
  /** The number, larger for older files, or the date, larger for newer ones; null for the log that is written now. */
  readonly suffix: string | null;
  readonly isPacked: boolean;
}

const PACKED = [".gz", ".zst"];
/** `20261122`; fewer digits count the files. */
const FEWEST_OF_DATE = 6;

function rotationOf(name: string): Rotation {
  const packed = PACKED.find((ending) => name.endsWith(ending)) ?? "";
  const plain = name.slice(0, name.length - packed.length);
  const at = Math.max(plain.lastIndexOf("."), plain.lastIndexOf("-"));
  const suffix = plain.slice(at + 1);
  const isPacked = packed !== "";
  return at > 0 && isNumber(suffix)
    ? { log: plain.slice(0, at), suffix, isPacked }
    : { log: plain, suffix: null, isPacked };
}

/** `mail.log` of `mail.log.2.gz`, `mail.log.3.zst` and `mail.log-20261122`; the name without its compression where it is not of a file that was rotated away. */
export function withoutRotation(name: string): string {
  return rotationOf(name).log;
}

/**
 * Of the files in a folder those that were rotated away from a log just before a file of it began: the next number, the last date before, or both where a
 * folder has both. A file that lies there compressed and not is given uncompressed.
 */
export function olderNeighbours(name: string, names: readonly string[]): readonly string[] {
  const own = rotationOf(name);
  const others = names
    .filter((other) => other !== name)
    .map((other) => ({ name: other, ...rotationOf(other) }))
    .filter(({ log, suffix }) => log === own.log && suffix !== null && suffix !== own.suffix)
    .toSorted((one, other) => Number(one.isPacked) - Number(other.isPacked));
  const dated = nearest(
    others.filter(isDated),
    (date) => own.suffix === null || (isDated(own) && date < Number(own.suffix)),
    -1,
  );
  const counted = nearest(
    others.filter((other) => !isDated(other)),
    (number) => own.suffix === null || (!isDated(own) && number > Number(own.suffix)),
    1,
  );
  return [...counted, ...dated];
}

/** @param direction 1 for the smallest suffix, -1 for the largest */
function nearest(
  files: readonly (Rotation & { readonly name: string })[],
  isOlder: (suffix: number) => boolean,
  direction: 1 | -1,
): readonly string[] {
  const older = files.filter(({ suffix }) => isOlder(Number(suffix)));
  const [first] = older.toSorted((one, other) => direction * (Number(one.suffix) - Number(other.suffix)));
  return first === undefined ? [] : [first.name];
}

function isDated({ suffix }: Rotation): boolean {
  return suffix !== null && suffix.length >= FEWEST_OF_DATE;
}

function isNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
