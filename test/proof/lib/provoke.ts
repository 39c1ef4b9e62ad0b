import { mailbox } from "./imap-client.ts";
import type { Aftermath, Provocation } from "./proof-case.ts";
import { smtp } from "./smtp-client.ts";
import type { World } from "./world.ts";

/** What a provocation came to. */
export interface Outcome {
  /** The last answer. */
  readonly reply: string;
  /** All that was logged, to the end of the session. */
  readonly log: string;
}

/** Say it, and wait until the server has logged what it has to say about the session. */
export async function provoke(world: World, { via, from, say }: Provocation): Promise<Outcome> {
  const log = world.logOf(via);
  await log.mark();
  const connection = { from, to: "127.0.0.1", port: world.portOf(via) };
  if (via === "imap" || via === "pop3") {
    const reply = await mailbox(
      via,
      connection,
      say.map((line) => (typeof line === "string" ? line : line.join("\r\n"))),
    );
    await log.line([`${via}-login: `]);
    return { reply, log: await log.text() };
  }
  const { text } = await smtp(connection, say);
  await log.line(["/smtpd[", `disconnect from unknown[${from}]`]);
  return { reply: text, log: await log.text() };
}

/** Like `provoke`, and checks what came of it. The result: what is not as expected, or null. */
export async function expectAftermath(
  world: World,
  provocation: Provocation,
  expected: Aftermath,
  goneTexts: readonly string[],
): Promise<string | null> {
  const outcome = await provoke(world, provocation);
  if (expected.reply !== undefined && !outcome.reply.startsWith(expected.reply)) {
    return `the answer is "${outcome.reply}", not "${expected.reply}"`;
  }
  const log = world.logOf(provocation.via);
  if (expected.log !== undefined) await log.line(expected.log);
  if (goneTexts.length === 0) return null;
  const again = (await log.text()).split("\n").find((line) => goneTexts.every((text) => line.includes(text)));
  return again === undefined ? null : `it is logged again: ${again}`;
}
