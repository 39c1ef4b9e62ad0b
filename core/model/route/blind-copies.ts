import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { byEntry, type Decision, type Undecided, undecidedLookup, valueOf } from "./decision.ts";

/** Recipients that cleanup(8) adds to a mail that comes in. */
export interface Copies {
  readonly added: readonly { readonly address: string; readonly decision: Decision }[];
  readonly undecided: readonly Undecided[];
}

export const NO_COPIES: Copies = { added: [], undecided: [] };

/**
 * always_bcc, sender_bcc_maps and recipient_bcc_maps.
 * @param sender as in `RouteRequest`: a notification has none, and no copy for it
 * @param recipients as canonical tables left them: virtual aliases come after
 */
export async function findCopies(
  cleanup: LookupContext,
  sender: string | null,
  recipients: readonly string[],
): Promise<Copies> {
  const added: Copies["added"][number][] = [];
  const undecided: Undecided[] = [];
  const ask = async (parameter: string, address: string): Promise<void> => {
    const { result } = await findAddress(cleanup, mapsOf(cleanup, parameter), address);
    if (result.kind === "found") added.push({ address: result.value, decision: byEntry(parameter, result.place) });
    else if (result.kind !== "not-found") undecided.push(undecidedLookup(parameter, result));
  };
  const bySender = "sender_bcc_maps";
  if (sender !== null) await ask(bySender, sender);
  else if (mapsOf(cleanup, bySender).length > 0) {
    undecided.push({ kind: "unknown", parameter: bySender, reason: "the sender decides, and none was given" });
  }
  for (const recipient of recipients) await ask("recipient_bcc_maps", recipient);
  const always = valueOf(cleanup, "always_bcc");
  if (always.text !== "") added.push({ address: always.text, decision: always.decision });
  return { added, undecided };
}
