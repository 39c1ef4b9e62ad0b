import { requiredArgument } from "../arguments.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { type ManagedService, OS_FAMILIES, OS_NAMES, restartCommand } from "../service-commands.ts";

const SERVICES: readonly ManagedService[] = ["postfix", "iredapd", "dovecot", "amavis"];

/** The command that starts a service again; one offer for each system where the system is not known. */
export function startService(request: FixRequest): readonly Proposal[] {
  const name = requiredArgument(request, "service");
  const service = SERVICES.find((one) => one === name);
  if (service === undefined) return withheld(`How to start ${name} is not known.`);
  const { osFamily } = request.context;
  const families = osFamily === null ? OS_FAMILIES : [osFamily];
  return families.map((family) => ({
    kind: "commands" as const,
    variant: osFamily === null ? family : "",
    detail: OS_NAMES[family],
    commands: [restartCommand(service, family)],
  }));
}
