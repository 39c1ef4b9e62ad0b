import { isSourceFile } from "../../io/file-port.ts";
import type { AliasTarget } from "../../syntax/aliases/alias-targets.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { listedTargets } from "../include-files.ts";
import { chooseTransport } from "./choose-transport.ts";
import { type Decision, isUndecided, type Undecided, valueOf } from "./decision.ts";
import type { RouteContext } from "./forward-file.ts";
import { type AliasDelivery, findAlias, localName } from "./local-delivery.ts";
import { resolveRecipient } from "./resolve-recipient.ts";
import { rewriteAddress } from "./rewrite-address.ts";
import { localTest, resolveSettings } from "./route-settings.ts";
import { seenBy } from "./seen-by.ts";

/** One thing that local(8) does on the way from an alias to its ends. */
export type AliasStep =
  /** An alias, a list that one includes, a user's `.forward` file or luser_relay, and what it names. */
  | {
      readonly kind: "alias" | "list" | "forward" | "relay";
      readonly name: string;
      readonly targets: readonly AliasTarget[];
      readonly decision: Decision;
    }
  | { readonly kind: "file" | "command"; readonly name: string; readonly decision: Decision }
  /** Why a part of the mail comes back to its sender, in words and in local(8)'s own. */
  | { readonly kind: "bounces"; readonly reason: string; readonly decision: Decision }
  | Undecided;

/** An address where an alias or a `.forward` file ends. */
export interface AliasEnd {
  /** `user@domain`. */
  readonly address: string;
  /** A user whom local(8) delivers to itself; else the mail to it goes through cleanup(8) again, as one that is forwarded. */
  readonly isUser: boolean;
}

export interface FollowedAlias {
  /** What was followed comes first. */
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

/** What local(8) starts from: an alias, a user's `.forward` file, or what luser_relay makes of a recipient. */
export interface Start {
  readonly step: AliasStep;
  readonly targets: readonly AliasTarget[];
  readonly place: Place;
}

/** Where a target stands. */
export interface Place {
  /** What was expanded last, in lower case: that name is no alias here. */
  readonly parent: string;
  readonly level: number;
  readonly from: "alias" | "forward" | "include";
  /** Of the user whose `.forward` file it is; null elsewhere. */
  readonly home: string | null;
  /** Whose `.forward` file it is, or the owner- of an alias: mail for other users of this machine is forwarded. Null: nobody's. */
  readonly owner: string | null;
  /** `+extension` that the addresses take over. */
  readonly unmatched: string;
  readonly decision: Decision;
}

/**
 * Follows an alias as local(8) does: through further aliases and the lists they include, each list once, nothing deeper than 25 aliases. An
 * alias that names itself means the user of that name.
 * @param agent as the service sees it that delivers
 */
export async function followAlias(agent: RouteContext, start: Start, sender: string | null): Promise<FollowedAlias> {
  const rewriting = seenBy(agent, "trivial-rewrite");
  const settings = resolveSettings(rewriting);
  const words = (parameter: string): readonly string[] =>
    splitList(joinedText(valueOf(agent, parameter).text)).elements.map(({ text }) => lowerAscii(text));
  const commands = words("allow_mail_to_commands");
  const files = words("allow_mail_to_files");
  const propagates = words("propagate_unmatched_extensions");
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

  async function expandTargets({ step, targets, place }: Start): Promise<void> {
    show(step, "name" in step ? `${step.kind} ${lowerAscii(step.name)}` : step.kind);
    const isKept = propagates.includes(place.from);
    for (const target of targets) await follow(target, isKept ? place : { ...place, unmatched: "" });
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
    if (kind === "address")
      return place.home !== null && text.startsWith("~/")
        ? output("file", place.home + text.slice(1), place)
        : address(text, place);
    output(kind, text, place);
  }

  function output(kind: "file" | "command", text: string, { from, decision }: Place): void {
    if ((kind === "command" ? commands : files).includes(from)) {
      show({ kind, name: text, decision }, `${kind} ${text}`);
      return;
    }
    show({ kind: "bounces", reason: `mail to ${kind} is restricted: ${text}`, decision }, `restricted ${text}`);
  }

  async function include(path: string, place: Place): Promise<void> {
    const bounces = (reason: string): void =>
      show({ kind: "bounces", reason, decision: place.decision }, `include ${path}`);
    if (!path.startsWith("/")) return bounces(`:include:${path} uses a relative path`);
    if (visited.has(`list ${path}`)) return;
    visited.add(`list ${path}`);
    const list = agent.server.includes.get(path) ?? (await agent.files?.read(path)) ?? "outside";
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
    const first = targets[0]?.span ?? span(0, 0);
    show({ kind: "list", name: path, targets: targets.map(({ target }) => target), decision: at(first) }, path);
    const unmatched = propagates.includes("include") ? place.unmatched : "";
    for (const { target, span: own } of targets) {
      await follow(target, { ...place, from: "include", unmatched, decision: at(own) });
    }
  }

  async function address(text: string, place: Place): Promise<void> {
    const rewritten = rewriteAddress(text, settings).address;
    const resolved = await resolveRecipient(rewritten, settings, localTest(rewriting));
    if ("kind" in resolved) return show(resolved, rewritten);
    const { choices, end } = await chooseTransport(rewriting, resolved, sender);
    const whole = withExtension(rewritten, place.unmatched);
    const isHere = end === null && choices.at(-1)?.transport === agent.service?.name;
    if (!isHere) return finish(whole, false);
    const name = localName(agent, withExtension(resolved.recipient, place.unmatched));
    const level = place.level + 1;
    if (level >= MOST_LEVELS) {
      const reason = `alias database loop for ${name.local}, or recipient nesting limit exceeded`;
      return show({ kind: "bounces", reason, decision: place.decision }, reason);
    }
    const found = await findAlias(agent, name.local, place.parent);
    // The users in a list get a mail of their own, and so do others than the one whose file it is.
    const isOwn = place.owner === null || place.owner === name.user;
    if (found === null) return finish(whole, place.from !== "include" && isOwn);
    if (isUndecided(found)) return show(found, `undecided ${found.reason}`);
    const key = `${level} ${lowerAscii(found.name)} ${found.unmatched}`;
    if (visited.has(key)) return;
    visited.add(key);
    await expandTargets(startOfAlias(found, level));
  }

  function finish(whole: string, isUser: boolean): void {
    const key = `${isUser} ${lowerAscii(whole)}`;
    if (!ends.has(key)) ends.set(key, { address: whole, isUser });
  }

  await expandTargets(start);
  return { steps, ends: [...ends.values()] };
}

export function startOfAlias({ name, targets, unmatched, owner, decision }: AliasDelivery, level = 0): Start {
  return {
    step: { kind: "alias", name, targets, decision },
    targets,
    place: { parent: lowerAscii(name), level, from: "alias", home: null, owner, unmatched, decision },
  };
}

/** `user+extension@domain` of `user@domain`. */
function withExtension(address: string, extension: string): string {
  const at = address.lastIndexOf("@");
  return at === -1 ? address + extension : address.slice(0, at) + extension + address.slice(at);
}
