import { isUndecided } from "../../model/route/decision.ts";
import type { AliasStep } from "../../model/route/follow-alias.ts";
import type { LocalDelivery, UserDelivery } from "../../model/route/local-delivery.ts";
import { type RouteLine, undecidedLine } from "./route-line.ts";

/** What local(8) does with a recipient that leads no further. */
export function localLines(local: LocalDelivery): readonly RouteLine[] {
  if (isUndecided(local)) return [undecidedLine(local)];
  if (local.kind === "alias") return [aliasLine(local)];
  return [...forwardLines(local), ...mailboxLines(local), ...unknownLines(local)];
}

function forwardLines({ forward }: UserDelivery): readonly RouteLine[] {
  if (forward.kind !== "ignored") return [];
  const text = `${forward.path} ${forward.reason}: local(8) goes on without it`;
  return [{ kind: "step", label: "forward", text, decision: null }];
}

function mailboxLines({ mailbox, account, forward, name: { user } }: UserDelivery): readonly RouteLine[] {
  if (mailbox === null) return [];
  if (isUndecided(mailbox)) return [undecidedLine(mailbox)];
  const { kind, value, decision } = mailbox;
  const unless = forward.kind === "unseen" ? " (unless ~/.forward says otherwise)" : "";
  if (kind === "passed") {
    const text = `to ${value}, whether or not this machine has a user ${user}${unless}`;
    return [{ kind: "step", label: "passed on", text, decision }];
  }
  const where = value === "" ? "the system's mail spool" : `${decision.parameter} = ${value}`;
  const who = account === "unknown" ? `to the user ${user}, if this machine has one` : `to the user ${user}`;
  return [{ kind: "step", label: "mailbox", text: `${who}: ${where}${unless}`, decision }];
}

/** With an account that is not seen from here, only what is set is worth a line. */
function unknownLines({ otherwise, account, name: { user } }: UserDelivery): readonly RouteLine[] {
  if (otherwise === null) return [];
  if (isUndecided(otherwise)) return [undecidedLine(otherwise)];
  if (otherwise.kind === "passed" || otherwise.kind === "relay") {
    const { value, decision } = otherwise;
    const isSure = account === "none";
    const text = `${isSure ? `this machine has no user ${user}` : "if this machine has no such user"}: ${value}`;
    return [{ kind: "step", label: isSure ? "passed on" : "else", text, decision }];
  }
  if (account !== "none") return [];
  if (otherwise.kind === "bounces")
    return [{ kind: "problem", label: "bounces", text: otherwise.reason, decision: null }];
  const text = `required alias not found: mail for ${user} is thrown away and reported as delivered`;
  return [{ kind: "problem", label: "thrown away", text, decision: null }];
}

/** A step on the way behind an alias or a `.forward` file. */
export function aliasLine(step: AliasStep): RouteLine {
  switch (step.kind) {
    case "alias":
    case "forward":
    case "list":
    case "relay": {
      const targets = listed(step.targets.map(({ kind, text }) => TARGETS[kind] + text));
      const said = targets === "" ? "nobody: the mail is gone, and nothing is logged" : targets;
      const text = step.kind === "relay" ? `this machine has no user ${step.name} → ${said}` : `${step.name} → ${said}`;
      return { kind: "step", label: step.kind, text, decision: step.decision };
    }
    case "file":
    case "command":
      return { kind: "step", label: step.kind, text: step.name, decision: step.decision };
    case "bounces":
      return { kind: "problem", label: "bounces", text: step.reason, decision: step.decision };
    default:
      return undecidedLine(step);
  }
}

/** Mailing lists have thousands. */
const MOST_LISTED = 20;

export function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${names.slice(0, MOST_LISTED).join(", ")} and ${more} more` : names.join(", ");
}

const TARGETS = { address: "", file: "the file ", command: "the command ", include: "the list in " } as const;
