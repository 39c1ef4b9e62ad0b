import type { Tally } from "./tally.ts";

/** The memory of a tally's long lists, which need not be copied for another thread if nobody looks at the tally here any more. */
export function tallyBuffers(tally: Tally): readonly ArrayBuffer[] {
  const { senders, recipients, clients, rejectedClients, relays, logins, sizes, early } = tally;
  const sketches = [senders, recipients, clients, rejectedClients, relays, logins.successes];
  const arrays = [
    ...sketches.flatMap(({ slots, hashes, starts, arena, counts, over }) => [
      slots,
      hashes,
      starts,
      arena,
      counts,
      over,
    ]),
    ...sizes.tables.map(({ slots }) => slots),
    early.senders,
  ];
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
