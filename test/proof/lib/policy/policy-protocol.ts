import type { Socket } from "node:net";

/** Postfix's policy delegation protocol: a request is lines of name=value up to an empty one; so is the answer. */
export function answerPolicy(socket: Socket, answer: (request: ReadonlyMap<string, string>) => string): void {
  let rest = "";
  let request = new Map<string, string>();
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const equals = line.indexOf("=");
      if (equals > 0) request.set(line.slice(0, equals), line.slice(equals + 1));
      if (line !== "") continue;
      socket.write(`action=${answer(request)}\n\n`);
      request = new Map();
    }
  });
}
