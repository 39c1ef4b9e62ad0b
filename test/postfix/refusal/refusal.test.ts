import assert from "node:assert/strict";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { settingOfLine } from "@postmaster/core/features/refusal/setting-of-line.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { commandLinePatterns } from "@postmaster/server/cli/pattern-matcher.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { caseFiles } from "../../proof/lib/case-files.ts";
import { createPostfix, type PostfixInstance } from "../../proof/lib/postfix-instance.ts";
import { runProgram } from "../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../proof/lib/scratch.ts";
import { smtp } from "../../proof/lib/smtp-client.ts";
import refusals from "./refusals.json" with { type: "json" };

/* What a real smtpd and cleanup refuse, led back to the place in the configuration that is known to have refused it. */

const engine = createCatalogueEngine();
const stack = new AsyncDisposableStack();
const patternMatcher = commandLinePatterns();
let postfix: PostfixInstance;
let server: MailServer;
let ports: Readonly<Record<string, number>>;

before(async () => {
  const scratch = stack.use(await createScratch());
  postfix = stack.use(await createPostfix(scratch.directory, "127.0.0.1"));
  const [smtpPort = 0, submission = 0, inner = 0] = await freePorts(3);
  ports = { smtp: smtpPort, submission, inner };
  const daemons = (await runProgram("postconf", ["-d", "-h", "daemon_directory"])).trim();
  const etc = fileURLToPath(new URL("./etc", import.meta.url));
  await postfix.load(await caseFiles(etc, { dir: scratch.directory, daemons, ...ports }), "reload");
  const port = createNodeFilePort();
  const loaded = await loadMailServer(port, postfix.directory, { defaultOf: (name) => defaultOf(name, null) });
  assert.ok(loaded !== null);
  server = loaded;
});
after(async () => {
  await patternMatcher.close();
  await stack.disposeAsync();
});

suite("a refusal is led back to what said it", () => {
  for (const refusal of refusals) {
    test(refusal.what, async () => {
      const read = engine.readText(await refusedLine(refusal));
      const [place] = await settingOfLine(read, server, patternMatcher);
      assert.ok(place !== undefined && !place.isGuess, `no place for ${read.message.value}`);
      if (refusal.file !== undefined) assert.equal(path.basename(place.file.path), refusal.file);
      assert.ok(
        place.file.text.slice(place.span.start, place.span.end).includes(refusal.place),
        place.file.text.slice(place.span.start, place.span.end),
      );
    });
  }
});

/** Has it happen, and gives back the line that smtpd or cleanup wrote about it. */
async function refusedLine(refusal: (typeof refusals)[number]): Promise<string> {
  await postfix.log.mark();
  const { client = "127.0.0.2", port = "smtp", helo = "friend.example", from = "a@sender.example" } = refusal;
  await smtp({ from: client, to: "127.0.0.1", port: ports[port] ?? 0 }, [
    `EHLO ${helo}`,
    `MAIL FROM:<${from}>`,
    `RCPT TO:<${refusal.to ?? "anna@example.com"}>`,
    "DATA",
    [refusal.header ?? "Subject: hello", "", "Hello."],
  ]);
  return postfix.log.line([": reject: ", refusal.says]);
}
