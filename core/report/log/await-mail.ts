/** Mails that are received at once and not yet taken up by qmgr: a server has far fewer under way. */
const MOST_AWAITED = 50_000;

/** Notes a mail by its id's fingerprint; where there are too many, the one that waits longest is given up. */
export function awaitMail(awaited: Set<number>, id: number): void {
  if (awaited.size >= MOST_AWAITED) {
    const [oldest] = awaited;
    if (oldest !== undefined) awaited.delete(oldest);
  }
  awaited.add(id);
}
