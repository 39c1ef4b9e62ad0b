import { startLocalServer } from "../local-server.ts";
import { type Accounts, type PolicyKnowledge, policyAnswer } from "./answer.ts";
import { readIredapdSettings } from "./iredapd-settings.ts";
import { answerPolicy } from "./policy-protocol.ts";

/**
 * Stands in for iRedAPD: speaks the policy delegation protocol, gives iRedAPD's documented answers and obeys the settings.py it is
 * started with. Like iRedAPD it reads that file at its start only.
 */
export interface PolicyServer extends AsyncDisposable {
  readonly port: number;
  /** Read the settings anew, as a restart does. */
  restart(settingsFile: string, accounts: Accounts): Promise<void>;
}

export async function startPolicyServer(port: number): Promise<PolicyServer> {
  let knowledge: PolicyKnowledge | null = null;
  const server = await startLocalServer({ port }, (socket) => {
    answerPolicy(socket, (request) => (knowledge === null ? "DUNNO" : policyAnswer(request, knowledge)));
  });
  return {
    port,
    async restart(settingsFile, accounts) {
      const settings = await readIredapdSettings(settingsFile);
      server.hangUp();
      knowledge = { settings, accounts, memory: new Map() };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
