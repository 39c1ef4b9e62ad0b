import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";

/**
 * How a fix is named between offering and applying it: the offer's id, its place among offers of that id, and what its line said. An editor may
 * ask for it much later, when the log has moved on; then the line is another, and nothing is done.
 */
export function fixIdOf(offers: readonly FixOffer[], offer: FixOffer, lineText: string): string {
  const alike = offers.filter(({ id }) => id === offer.id);
  return `${offer.id}#${alike.indexOf(offer)}@${fingerprint(lineText)}`;
}

/** The offer of a name, null if this line has no such fix (any more). */
export function offerOf(offers: readonly FixOffer[], fixId: string, lineText: string): FixOffer | null {
  return offers.find((offer) => fixIdOf(offers, offer, lineText) === fixId) ?? null;
}

export function isForLine(fixId: string, lineText: string): boolean {
  return fixId.endsWith(`@${fingerprint(lineText)}`);
}

/** FNV-1a over UTF-16 code units: tells lines apart that are not made to look alike, which would gain nobody anything. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
