import { mailbox } from "./imap-client.ts";
import { openLineSession } from "./line-session.ts";
import type { Aftermath, ProgramProvocation, ProofCase, SessionProvocation } from "./proof-case.ts";
import { smtp } from "./smtp-client.ts";
import type { World } from "./world.ts";

/** What a provocation came to. */
export interface Outcome {
  /** The last answer. */
  readonly reply: string;
  /** All that was logged, to the end of the session. */
  readonly log: string;
}

/** What was planted, and the texts of the line that shows it. */
type Planted = Pick<ProofCase, "provoke" | "log">;

/** Do it, and wait until what comes of it stands in the log. */
export async function provoke(world: World, { provoke: provocation, log }: Planted): Promise<Outcome> {
  if ("run" in provocation) return ask(world, provocation);
  return provocation.reply === null ? knock(world, provocation, log) : talk(world, provocation);
}

/** Say it, and wait until the server has logged what it has to say about the session. */
async function talk(world: World, { via, from, say }: SessionProvocation): Promise<Outcome> {
  const log = world.logOf(via);
  await log.mark();
  const connection = { from, to: "127.0.0.1", port: world.portOf(via) };
  if (via === "imap" || via === "pop3") {
    const reply = await mailbox(
      via,
      connection,
      say.filter((line) => typeof line === "string"),
    );
    await log.line([`${via}-login: `]);
    return { reply, log: await log.text() };
  }
  const { text } = await smtp(connection, say);
  await log.line(["/smtpd[", `disconnect from unknown[${from}]`]);
  return { reply: text, log: await log.text() };
}

/** Ask for a service that dies before it answers, until its last words stand in the log. */
async function knock(world: World, { via, from }: SessionProvocation, words: readonly string[]): Promise<Outcome> {
  const log = world.logOf(via);
  await log.mark();
  using _session = await openLineSession({ from, to: "127.0.0.1", port: world.portOf(via) });
  await log.line(words);
  return { reply: "", log: await log.text() };
}

async function ask(world: World, { via, run }: ProgramProvocation): Promise<Outcome> {
  const log = world.logOf(via);
  await log.mark();
  await world.run(run);
  return { reply: "", log: await log.text() };
}

/** Provokes again, and checks what came of it. The result: what is not as expected, or null. */
export async function expectAftermath(
  world: World,
  planted: Planted,
  expected: Aftermath,
  outcomeWanted: "gone" | "kept" | "any",
): Promise<string | null> {
  const outcome = await provoke(world, revived(planted));
  if (expected.reply !== undefined && !outcome.reply.startsWith(expected.reply)) {
    return `the answer is "${outcome.reply}", not "${expected.reply}"`;
  }
  const log = world.logOf(planted.provoke.via);
  if (expected.log !== undefined) await log.line(expected.log);
  if (outcomeWanted === "kept") await log.line(planted.log);
  if (outcomeWanted !== "gone") return null;
  const lines = (await log.text()).split("\n");
  const again = lines.find((line) => planted.log.every((text) => line.includes(text)));
  if (again !== undefined) return `it comes again: ${again}`;
  if (planted.provoke.via !== "program") return null;
  const other = lines.find((line) => /\b(warning|error|fatal|panic): /.test(line));
  return other === undefined ? null : `another complaint is left: ${other}`;
}

/** Who did not answer before is to answer now. */
function revived(planted: Planted): Planted {
  const { provoke: provocation, log } = planted;
  if (!("reply" in provocation) || provocation.reply !== null) return planted;
  return { provoke: { ...provocation, reply: "" }, log };
}
