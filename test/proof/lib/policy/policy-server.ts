import { createServer, type Socket } from "node:net";
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
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    answerPolicy(socket, (request) => (knowledge === null ? "DUNNO" : policyAnswer(request, knowledge)));
  });
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    port,
    async restart(settingsFile, accounts) {
      const settings = await readIredapdSettings(settingsFile);
      hangUp();
      knowledge = { settings, accounts, memory: new Map() };
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        hangUp();
        server.close(() => resolve());
      }),
  };
}
