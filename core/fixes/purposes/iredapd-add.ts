import { addToList } from "../../syntax/python-settings/edit-python-settings.ts";
import { parsePythonSettings } from "../../syntax/python-settings/parse-python-settings.ts";
import { isExpected } from "../answers.ts";
import { argument, requiredArgument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { NO_IREDAPD_REASON, RESTART_IREDAPD } from "../iredapd.ts";
import { linesToAdd } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** Adds a value of the line, or the owner's answer, to a list setting of iRedAPD. */
export function iredapdAdd(request: FixRequest): readonly Proposal[] {
  const setting = requiredArgument(request, "setting");
  const isAddress = requiredArgument(request, "expects") !== "ip-address";
  const value = argument(request, "value") ?? request.context.answers[setting] ?? null;
  if (value === null || value === "")
    return isAddress ? [askFor(setting)] : withheld("The line does not say the client's address.");
  if (!isExpected(value, isAddress ? "email-address" : "ip-address")) {
    return withheld(
      `${JSON.stringify(value)} is not ${isAddress ? "a plain e-mail address" : "an IP address"} that may be written into settings.py.`,
    );
  }
  const { iredapd } = request.context;
  if (iredapd === null)
    return linesToAdd("settings.py", `${setting} = ['${value}']\n`, NO_IREDAPD_REASON, RESTART_IREDAPD);
  const added = addToList(parsePythonSettings(iredapd.text), setting, value);
  if (!added.ok) return withheld(`${setting} in settings.py: ${REFUSAL_WORDS[added.reason]}.`);
  return [
    {
      kind: "edit",
      files: [{ file: iredapd, edits: added.edits }],
      detail: `${value} in ${setting} of settings.py`,
      after: RESTART_IREDAPD,
    },
  ];
}

/** The line lacks the login before Postfix 3.10; the sender address is no substitute for it. */
function askFor(setting: string): Proposal {
  const prompt = `Which login (a full e-mail address) goes into ${setting}?`;
  return { kind: "ask", question: { id: setting, prompt, placeholder: "user@example.com", expects: "email-address" } };
}
