import { startLocalServer } from "../../../proof/lib/local-server.ts";
import { answerPolicy } from "../../../proof/lib/policy/policy-protocol.ts";

/** A policy server that gives every question the same answer, such as `DEFER_IF_PERMIT Come back later`; `hang up` hangs up. */
export function startFixedPolicy(port: number, answer: string): Promise<AsyncDisposable> {
  return startLocalServer({ port }, (socket) => {
    if (answer === "hang up") socket.destroy();
    else answerPolicy(socket, () => answer);
  });
}
