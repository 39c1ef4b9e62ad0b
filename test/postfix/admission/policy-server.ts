import { startLocalServer } from "../../proof/lib/local-server.ts";

/** A policy server that gives every client the same answer: the one it was last told. */
export interface PolicyServer extends AsyncDisposable {
  /** An action of access(5). */
  say(action: string): void;
}

export async function startPolicyServer(port: number): Promise<PolicyServer> {
  let answer = "DUNNO";
  const server = await startLocalServer({ port }, (socket) => {
    let rest = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      // A request ends with an empty line.
      const requests = (rest + chunk).split("\n\n");
      rest = requests.pop() ?? "";
      for (const _ of requests) socket.write(`action=${answer}\n\n`);
    });
  });
  return {
    say(action) {
      answer = action;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
