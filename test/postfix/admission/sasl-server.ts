import { startLocalServer } from "../../proof/lib/local-server.ts";

/** Takes every login and no notice of the password, in the words of Dovecot's auth-client protocol. */
export function startSaslServer(port: number): Promise<AsyncDisposable> {
  return startLocalServer({ port }, (socket) => {
    socket.write("VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n");
    let rest = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [verb, id = "", ...more] = line.split("\t");
        if (verb === "AUTH") socket.write(`OK\t${id}\tuser=${userOf(more)}\n`);
      }
    });
  });
}

/** RFC 4616: an authorisation identity, the user and the password, with NULs between. */
function userOf(attributes: readonly string[]): string {
  const response = attributes.find((attribute) => attribute.startsWith("resp="))?.slice("resp=".length) ?? "";
  return Buffer.from(response, "base64").toString("utf8").split("\0")[1] ?? "";
}
