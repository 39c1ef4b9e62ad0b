import { isSourceFile } from "../../io/file-port.ts";
import type { AliasTarget } from "../../syntax/aliases/alias-targets.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { listedTargets } from "../include-files.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { chooseTransport } from "./choose-transport.ts";
import { type Decision, isUndecided, type Undecided, valueOf } from "./decision.ts";
import { findAlias, type LocalDelivery } from "./local-delivery.ts";
import { resolveRecipient } from "./resolve-recipient.ts";
import { rewriteAddress } from "./rewrite-address.ts";
import { localTest, resolveSettings } from "./route-settings.ts";
import { seenBy } from "./seen-by.ts";

/** One thing that local(8) does on the way from an alias to its ends. */
export type AliasStep =
  /** An alias, or a list that one includes, and what it names. */
  | {
      readonly kind: "alias" | "list";
      readonly name: string;
      readonly targets: readonly AliasTarget[];
      readonly decision: Decision;
    }
  | { readonly kind: "file" | "command"; readonly name: string; readonly decision: Decision }
  /** Why a part of the mail comes back to its sender, in words and in local(8)'s own. */
  | { readonly kind: "bounces"; readonly reason: string; readonly decision: Decision }
  | Undecided;

/** An address where an alias ends. */
export interface AliasEnd {
  /** `user@domain`. */
  readonly address: string;
  /** A user whom local(8) delivers to itself; else the mail to it goes through cleanup(8) again, as one that is forwarded. */
  readonly isUser: boolean;
}

export interface FollowedAlias {
  /** The first alias itself comes first. */
  readonly steps: readonly AliasStep[];
  readonly ends: readonly AliasEnd[];
}

/**
 * Aliases inside each other. What the 25th names here, a user too, is an "alias database loop" to Postfix; since 3.12, 3.11.6, 3.10.13, 3.9.14 and
 * 3.8.20 a "recipient nesting limit exceeded".
 */
const MOST_LEVELS = 25;
/** Targets that are followed: large lists have more, of which it is said that they are left out. */
const MOST_TARGETS = 1000;

type Alias = Extract<LocalDelivery, { readonly kind: "alias" }>;

/** Where a target stands: in which alias, at which level, in an alias or in a list. */
interface Place {
  readonly parent: string;
  readonly level: number;
  readonly from: "alias" | "include";
  readonly decision: Decision;
}

/**
 * Follows an alias as local(8) does: through further aliases and the lists they include, each list once, nothing deeper than 25 aliases. An
 * alias that names itself means the user of that name.
 * @param agent as the service sees it that delivers
 */
export async function followAlias(agent: LookupContext, first: Alias, sender: string | null): Promise<FollowedAlias> {
  const rewriting = seenBy(agent, "trivial-rewrite");
  const settings = resolveSettings(rewriting);
  const allowed = (parameter: string): readonly string[] =>
    splitList(joinedText(valueOf(agent, parameter).text)).elements.map(({ text }) => lowerAscii(text));
  const commands = allowed("allow_mail_to_commands");
  const files = allowed("allow_mail_to_files");
  const steps: AliasStep[] = [];
  const ends = new Map<string, AliasEnd>();
  const shown = new Set<string>();
  const visited = new Set<string>();
  let left = MOST_TARGETS;

  function show(step: AliasStep, key: string): void {
    if (shown.has(key)) return;
    shown.add(key);
    steps.push(step);
  }

  async function alias(found: Alias, level: number): Promise<void> {
    show(found, `alias ${lowerAscii(found.name)}`);
    const place: Place = { parent: lowerAscii(found.name), level, from: "alias", decision: found.decision };
    for (const target of found.targets) await follow(target, place);
  }

  async function follow(target: AliasTarget, place: Place): Promise<void> {
    left -= 1;
    if (left < 0) {
      const reason = `only the first ${MOST_TARGETS} targets are followed here`;
      show({ kind: "unknown", parameter: place.decision.parameter, reason }, reason);
      return;
    }
    const { kind, text } = target;
    if (kind === "include") return include(text, place);
    if (kind === "address") return address(text, place);
    const isAllowed = (kind === "command" ? commands : files).includes(place.from);
    const { decision } = place;
    if (isAllowed) show({ kind, name: text, decision }, `${kind} ${text}`);
    else show({ kind: "bounces", reason: `mail to ${kind} is restricted: ${text}`, decision }, `restricted ${text}`);
  }

  async function include(path: string, place: Place): Promise<void> {
    const bounces = (reason: string): void =>
      show({ kind: "bounces", reason, decision: place.decision }, `include ${path}`);
    if (!path.startsWith("/")) return bounces(`:include:${path} uses a relative path`);
    if (visited.has(`list ${path}`)) return;
    visited.add(`list ${path}`);
    const list = agent.server.includes.get(path) ?? "outside";
    if (list === "missing" && !agent.server.isCopy) {
      return bounces(`unable to lookup :include: file ${path}: No such file or directory`);
    }
    if (list === "folder" || list === "special") return bounces(`:include: file ${path} is not a regular file`);
    if (list === "outside" || !isSourceFile(list)) {
      show({ kind: "unknown", parameter: place.decision.parameter, reason: `the list ${path} is not read here` }, path);
      return;
    }
    const targets = listedTargets(list);
    const at = (where: { readonly start: number; readonly end: number }): Decision => ({
      parameter: place.decision.parameter,
      table: `:include:${path}`,
      file: list,
      span: span(where.start, where.end),
    });
    const start = targets[0]?.span ?? span(0, 0);
    show({ kind: "list", name: path, targets: targets.map(({ target }) => target), decision: at(start) }, path);
    for (const { target, span: own } of targets) await follow(target, { ...place, from: "include", decision: at(own) });
  }

  async function address(text: string, place: Place): Promise<void> {
    const whole = rewriteAddress(text, settings).address;
    const resolved = await resolveRecipient(whole, settings, localTest(rewriting));
    if ("kind" in resolved) return show(resolved, whole);
    const { choices, end } = await chooseTransport(rewriting, resolved, sender);
    const isHere = end === null && choices.at(-1)?.transport === agent.service?.name;
    if (!isHere) return finish(whole, false);
    const local = resolved.recipient.slice(0, resolved.recipient.lastIndexOf("@"));
    const level = place.level + 1;
    if (level >= MOST_LEVELS) {
      const reason = `alias database loop for ${local}, or recipient nesting limit exceeded`;
      return show({ kind: "bounces", reason, decision: place.decision }, reason);
    }
    const found = lowerAscii(local) === place.parent ? null : await findAlias(agent, local);
    // The users in a list get a mail of their own.
    if (found === null) return finish(whole, place.from === "alias");
    if (isUndecided(found)) return show(found, `undecided ${found.reason}`);
    const key = `${level} ${lowerAscii(found.name)}`;
    if (visited.has(key)) return;
    visited.add(key);
    await alias(found, level);
  }

  function finish(whole: string, isUser: boolean): void {
    const key = `${isUser} ${lowerAscii(whole)}`;
    if (!ends.has(key)) ends.set(key, { address: whole, isUser });
  }

  await alias(first, 0);
  return { steps, ends: [...ends.values()] };
}
