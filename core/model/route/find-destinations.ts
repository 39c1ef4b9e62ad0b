import type { AliasTarget } from "../../syntax/aliases/alias-targets.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { listedTargets } from "../include-files.ts";
import { cleanUp } from "./clean-up.ts";
import { cleanupOf } from "./cleanup-of.ts";
import type { Decision } from "./decision.ts";
import { destinationOf } from "./destination.ts";
import { type AliasEnd, followAlias, type Start, startOfAlias } from "./follow-alias.ts";
import type { RouteContext } from "./forward-file.ts";
import { type LocalDelivery, type UserDelivery, userUnknown } from "./local-delivery.ts";
import type { RouteDestination } from "./mail-route.ts";
import { resolveSettings } from "./route-settings.ts";
import { seenBy } from "./seen-by.ts";

/** A mail with more recipients than this is not drawn further. */
const MOST_DESTINATIONS = 1000;

/** What local(8) knows of one mail for one recipient. */
interface OneMail {
  /** The recipients for whom it was forwarded before, in lower case: the Delivered-To: headers say so. */
  readonly forwardedBy: readonly string[];
  /** The `.forward` files, and the users that the machine does not have, that have led on already: each does once. */
  readonly used: Set<string>;
}

interface Left extends AliasEnd {
  readonly mail: OneMail;
  /** Of `mail.used` those that led here. */
  readonly through: readonly string[];
}

/** Where each address goes, and behind an alias, a `.forward` file or luser_relay of local(8) where its ends go. */
export async function findDestinations(
  context: RouteContext,
  addresses: readonly string[],
  sender: string | null,
): Promise<readonly RouteDestination[]> {
  const destinations: RouteDestination[] = [];
  const done = new Set<string>();
  const left: Left[] = addresses
    .slice(0, MOST_DESTINATIONS)
    .map((address) => ({ address, isUser: false, mail: { forwardedBy: [], used: new Set() }, through: [] }));
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { address, isUser, mail, through } = next;
    const key = JSON.stringify([isUser, lowerAscii(address), through]);
    const isLoop = mail.forwardedBy.includes(lowerAscii(address));
    if ((done.has(key) && !isLoop) || destinations.length >= MOST_DESTINATIONS) continue;
    const destination = await destinationOf(context, address, sender, isUser);
    const { local = null, service = null } = destination.delivery ?? {};
    if (local !== null && isLoop) {
      destinations.push(looped(destination, address));
      continue;
    }
    done.add(key);
    const start = local === null ? null : startOf(local);
    if (start === null || through.includes(start.key)) {
      destinations.push(start === null ? destination : ledNoFurther(destination));
      continue;
    }
    if (start.key !== "") {
      if (mail.used.has(start.key)) continue;
      mail.used.add(start.key);
    }
    const followed = await followAlias({ ...context, service }, start.start, sender);
    destinations.push({ ...destination, followed });
    const forwardedBy = [...mail.forwardedBy, lowerAscii(destination.recipient ?? address)];
    const led = start.key === "" ? through : [...through, start.key];
    const ends = await Promise.all(
      followed.ends.map(async (end): Promise<readonly Left[]> => {
        if (end.isUser) return [{ ...end, mail, through: led }];
        const mapped = await remapped(context, end.address);
        return mapped.map((one) => ({
          address: one,
          isUser: false,
          mail: { forwardedBy, used: new Set() },
          through: [],
        }));
      }),
    );
    left.unshift(...ends.flat());
  }
  return destinations;
}

/** What leads a mail on from here; null: nothing does. `key`: what does so once only; empty for an alias. */
function startOf(local: LocalDelivery): { readonly key: string; readonly start: Start } | null {
  if (local.kind === "alias") return { key: "", start: startOfAlias(local) };
  if (local.kind !== "user") return null;
  const { name, account, forward, otherwise } = local;
  if (forward.kind === "found" && typeof account !== "string") {
    const listed = listedTargets(forward.file);
    const { start = 0, end = 0 } = listed[0]?.span ?? {};
    const decision: Decision = { parameter: "forward_path", table: null, file: forward.file, span: span(start, end) };
    const targets = listed.map(({ target }) => target);
    const unmatched = forward.usesExtension ? "" : `${name.delimiter}${name.extension}`;

    return {
      key: `forward ${forward.file.path}`,
      start: {
        step: { kind: "forward", name: forward.file.path, targets, decision },
        targets,
        place: {
          parent: name.local,
          level: 0,
          from: "forward",
          home: account.home,
          owner: name.user,
          unmatched,
          decision,
        },
      },
    };
  }
  if (account !== "none" || otherwise?.kind !== "relay") return null;
  const { value, decision } = otherwise;
  const target: AliasTarget = { kind: "address", text: value, start: 0, end: value.length };
  return {
    key: `unknown ${name.local}`,
    start: {
      step: { kind: "relay", name: name.local, targets: [target], decision },
      targets: [target],
      place: { parent: "", level: 0, from: "alias", home: null, owner: null, unmatched: "", decision },
    },
  };
}

/** A user who names herself in her own `.forward` file has the mail in her mailbox; luser_relay that names whom it is for has nobody. */
function ledNoFurther(destination: RouteDestination): RouteDestination {
  const { delivery } = destination;
  if (delivery?.local?.kind !== "user") return destination;
  const { name, otherwise } = delivery.local;
  const local: UserDelivery = {
    ...delivery.local,
    forward: { kind: "none" },
    otherwise: otherwise?.kind === "relay" ? userUnknown(name) : otherwise,
  };
  return { ...destination, delivery: { ...delivery, local } };
}

/** A mail that local(8) forwarded to this recipient before. */
function looped(destination: RouteDestination, address: string): RouteDestination {
  const { local = null } = destination.delivery ?? {};
  const written = local?.kind === "alias" ? local.decision : null;
  const decision = written ?? { parameter: "prepend_delivered_header", table: null, file: null, span: null };
  const reason = `mail forwarding loop for ${address}`;
  return { ...destination, followed: { steps: [{ kind: "bounces", reason, decision }], ends: [] } };
}

/** What local(8) forwards is a mail of its own: cleanup(8) maps its recipient again, and adds no copies. */
async function remapped(context: RouteContext, address: string): Promise<readonly string[]> {
  const cleanup = { ...context, service: cleanupOf({ ...context, service: null }) };
  return (await cleanUp(cleanup, resolveSettings(seenBy(context, "trivial-rewrite")), address)).addresses;
}
