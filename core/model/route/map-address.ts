import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { addressTokens, internalForm } from "./address-tokens.ts";
import { byEntry, type Decision, type Undecided, undecidedLookup, valueOf } from "./decision.ts";
import { type RewriteSettings, rewriteAddress } from "./rewrite-address.ts";

export type Mapped =
  | { readonly kind: "mapped"; readonly addresses: readonly string[]; readonly decision: Decision }
  | { readonly kind: "not-found" }
  | Undecided;

/** The tables whose results take over the extension that a key left out, and the word of propagate_unmatched_extensions for each. */
const PROPAGATES: Readonly<Record<string, string>> = {
  canonical_maps: "canonical",
  recipient_canonical_maps: "canonical",
  virtual_alias_maps: "virtual",
};

/** What a parameter's tables make of an address: its result's addresses, each brought into the form `user@domain` (canonical(5), virtual(5)). */
export async function mapAddress(
  context: LookupContext,
  parameter: string,
  given: string,
  settings: RewriteSettings,
): Promise<Mapped> {
  const address = internalForm(addressTokens(given));
  const { result, key } = await findAddress(context, mapsOf(context, parameter), address);
  if (result.kind === "not-found" || key === null) return { kind: "not-found" };
  if (result.kind !== "found") return undecidedLookup(parameter, result);
  const local = address.slice(0, Math.max(0, address.lastIndexOf("@"))) || address;
  const extension = propagates(context, parameter) ? extensionLeftOut(local, key) : "";
  const addresses = splitList(joinedText(result.value)).elements.map(({ text }) => {
    // `@other.example` replaces the domain and keeps the rest.
    const whole = text.startsWith("@") ? local + text : withExtension(text, extension);
    return rewriteAddress(whole, settings).address;
  });
  return { kind: "mapped", addresses, decision: byEntry(parameter, result.place) };
}

function propagates(context: LookupContext, parameter: string): boolean {
  const words = splitList(joinedText(valueOf(context, "propagate_unmatched_extensions").text)).elements;
  return words.some(({ content }) => content.toLowerCase() === PROPAGATES[parameter]);
}

/** `+ext` of `user+ext` if the table was asked for `user`; a key that is `@domain` leaves no extension out. */
function extensionLeftOut(local: string, key: string): string {
  if (key.startsWith("@")) return "";
  const at = key.lastIndexOf("@");
  const asked = at === -1 ? key : key.slice(0, at);
  return asked.length < local.length ? local.slice(asked.length) : "";
}

function withExtension(address: string, extension: string): string {
  if (extension === "") return address;
  const at = address.lastIndexOf("@");
  return at === -1 ? address + extension : address.slice(0, at) + extension + address.slice(at);
}
