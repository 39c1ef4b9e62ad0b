import { type Safety, worse } from "../catalogue/safety.ts";
import { describeWidenings, opensRelay } from "../model/admission/compare-admission.ts";
import { baseName } from "../model/paths.ts";
import { secretsOf, tellsSecret, withoutSecrets } from "../model/secrets.ts";
import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import { afterCommands, editCommands } from "./edit-commands.ts";
import { evaluateEdits, mergeFileEdits } from "./evaluate-edits.ts";
import type { FixContext } from "./fix-context.ts";
import type { FixOffer } from "./fix-offer.ts";
import type { Proposal } from "./proposal.ts";

/** What the catalogue alone says about an offer. */
export interface DeclaredOffer {
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  readonly cost: string;
}

const LONGEST_VALUE = 80;

/** A value from a log as it may stand in a title: visible, short, one line. */
export function harmless(value: string): string {
  return truncate(visibleText(value), LONGEST_VALUE);
}

/** Makes an offer of a proposal: looks at what its edits really do, and says so. */
export function completeOffer(declared: DeclaredOffer, proposal: Proposal, context: FixContext): FixOffer {
  const base = { ...declared, after: [], commands: [] };
  switch (proposal.kind) {
    case "withheld":
      return { ...base, kind: "withheld", reason: visibleText(proposal.reason) };
    case "ask":
      return { ...base, kind: "ask", question: proposal.question };
    case "lines": {
      const { fileName, text, reason, after } = proposal;
      const commands = [...proposal.commands, ...afterCommands(after, context.server, context.osFamily)];
      return { ...base, kind: "lines", fileName, text, reason, after, commands };
    }
    case "commands":
      return {
        ...base,
        kind: "commands",
        id: proposal.variant === "" ? base.id : `${base.id}/${proposal.variant}`,
        title: titled(base.title, proposal.detail),
        summary: base.title,
        commands: proposal.commands,
      };
    default:
      return completeEdit(declared, proposal, context);
  }
}

function completeEdit(
  declared: DeclaredOffer,
  proposal: Extract<Proposal, { kind: "edit" }>,
  context: FixContext,
): FixOffer {
  const base = { ...declared, after: [], commands: [] };
  const files = mergeFileEdits(proposal.files);
  if (files.length === 0)
    return { ...base, kind: "withheld", reason: "The configuration already says so: nothing would change." };
  const evaluation = evaluateEdits(context.server, files, proposal.policies);
  if (opensRelay(evaluation.widenings)) {
    const reason =
      "Withheld: with it strangers could have mail relayed to other servers (an open relay), because no smtpd_relay_restrictions stand behind the list that would let them pass.";
    return { ...base, kind: "withheld", safety: "risky", reason };
  }
  const widened = describeWidenings(evaluation.widenings);
  const safety = worse(worse(declared.safety, proposal.atLeast ?? "safe"), widened === "" ? "safe" : "risky");
  const cost = [declared.cost, proposal.cost ?? "", widened].filter((text) => text !== "").join(" ");
  const secrets = context.server === null ? [] : secretsOf(context.server);
  const allChanges = editCommands(context, evaluation);
  // A command is copied and pasted where others may look on: none rather than one with a password in it.
  const changes = allChanges.some((command) => tellsSecret(command, secrets)) ? [] : allChanges;
  const commands =
    changes.length === 0 ? [] : [...changes, ...afterCommands(proposal.after, context.server, context.osFamily)];
  const offer = {
    ...declared,
    safety,
    cost: visibleText(withoutSecrets(cost, secrets)),
    title: titled(declared.title, withoutSecrets(proposal.detail, secrets)),
    summary: declared.title,
    after: proposal.after,
    commands,
  };

  const foreign = files.find(({ file }) => file.encoding === "bytes");
  if (foreign !== undefined && context.editsBytes !== true) {
    const name = visibleText(baseName(foreign.file.path));
    return {
      ...offer,
      kind: "withheld",
      reason: `${name} is not valid UTF-8: the editor would destroy bytes when saving it. The command line edits bytes.`,
    };
  }
  const locked = files.find(({ file }) => !file.writable);
  if (locked === undefined) return { ...offer, kind: "edit", files };
  if (commands.length > 0) return { ...offer, kind: "commands", locked: visibleText(baseName(locked.file.path)) };
  return {
    ...offer,
    kind: "withheld",
    reason: `${visibleText(locked.file.path)} is not writable here, and the change cannot be said as a command.`,
  };
}

function titled(title: string, detail: string): string {
  return detail === "" ? title : `${title}: ${visibleText(truncate(detail, 3 * LONGEST_VALUE))}`;
}
