import { connect } from "node:net";

/** What trivial-rewrite(8) says about an address. */
export interface Resolution {
  readonly transport: string;
  readonly nexthop: string;
  readonly recipient: string;
}

/** Has the trivial-rewrite behind a socket bring an address into its canonical form. */
export async function askRewrite(socket: string, address: string): Promise<string> {
  const answer = await ask(socket, { request: "rewrite", rule: "local", address }, ["address"]);
  return answer.get("address") ?? "";
}

/** Has it choose a transport. */
export async function askResolve(socket: string, sender: string, address: string): Promise<Resolution> {
  const answer = await ask(socket, { request: "resolve", sender, address }, ["transport", "nexthop", "recipient"]);
  const [transport = "", nexthop = "", recipient = ""] = ["transport", "nexthop", "recipient"].map((name) =>
    answer.get(name),
  );
  return { transport, nexthop, recipient };
}

/** Postfix's internal protocol (attr_print0 of its util library): names and values, each ended by a NUL, a request by another one. */
async function ask(
  socket: string,
  request: Readonly<Record<string, string>>,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const client = connect(socket);
  client.setTimeout(10_000, () => client.destroy(new Error(`${socket} did not answer`)));
  client.write(`${Object.entries(request).flat().join("\0")}\0\0`);
  let received = "";
  for await (const piece of client) {
    received += String(piece);
    const answers = received.split("\0\0").map(attributes);
    const answer = answers.find((one) => wanted.every((name) => one.has(name)));
    if (answer !== undefined && received.endsWith("\0\0")) {
      client.destroy();
      return answer;
    }
  }
  throw new Error(`${socket} hung up after ${JSON.stringify(received)}`);
}

function attributes(text: string): ReadonlyMap<string, string> {
  const words = text.split("\0");
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) found.set(words[at] ?? "", words[at + 1] ?? "");
  return found;
}
