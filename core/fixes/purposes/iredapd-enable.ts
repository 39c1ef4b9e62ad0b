import { setBoolean } from "../../syntax/python-settings/edit-python-settings.ts";
import { parsePythonSettings } from "../../syntax/python-settings/parse-python-settings.ts";
import { requiredArgument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { NO_IREDAPD_REASON, RESTART_IREDAPD } from "../iredapd.ts";
import { linesToAdd } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** Switches a setting of iRedAPD on. */
export function iredapdEnable(request: FixRequest): readonly Proposal[] {
  const setting = requiredArgument(request, "setting");
  const { iredapd } = request.context;
  if (iredapd === null) return linesToAdd("settings.py", `${setting} = True\n`, NO_IREDAPD_REASON, RESTART_IREDAPD);
  const enabled = setBoolean(parsePythonSettings(iredapd.text), setting, true);
  if (!enabled.ok) return withheld(`${setting} in settings.py: ${REFUSAL_WORDS[enabled.reason]}.`);
  return [
    {
      kind: "edit",
      files: [{ file: iredapd, edits: enabled.edits }],
      detail: `${setting} = True in settings.py`,
      after: RESTART_IREDAPD,
    },
  ];
}
