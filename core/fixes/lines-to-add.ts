import { postconfCommand } from "./edit-commands.ts";
import type { AfterStep } from "./fix-offer.ts";
import type { Proposal } from "./proposal.ts";

const NO_SERVER =
  "No configuration of this log's server was found. Name its directory (the setting postmaster.configDirectory, or --config on the command line), or add the line by hand.";

/** A parameter to set by hand, where no configuration may be edited. */
export function parameterToAdd(
  name: string,
  value: string,
  after: readonly AfterStep[] = [{ kind: "reload" }],
): readonly Proposal[] {
  const command = postconfCommand(null, name, value);
  return [
    {
      kind: "lines",
      fileName: "main.cf",
      text: `${name} = ${value}\n`,
      reason: NO_SERVER,
      after,
      commands: command === null ? [] : [command],
    },
  ];
}

/** Lines for another file of the server. */
export function linesToAdd(
  fileName: string,
  text: string,
  reason: string,
  after: readonly AfterStep[],
): readonly Proposal[] {
  return [{ kind: "lines", fileName, text, reason, after, commands: [] }];
}

export const NO_SERVER_REASON = NO_SERVER;
