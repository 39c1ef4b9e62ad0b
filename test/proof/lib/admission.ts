import type { Admission, ProofCase, Provocation } from "./proof-case.ts";
import { type SmtpLines, smtp } from "./smtp-client.ts";
import type { World } from "./world.ts";

interface Probe {
  readonly admission: Admission;
  readonly via: "smtp" | "submission";
  readonly from: string;
  readonly say: SmtpLines;
}

const STRANGER = "127.0.0.99";
const ELSEWHERE = "someone@elsewhere.example";

/** Who came in before a fix: nobody where no server answers. */
export async function admittedBefore(world: World, proofCase: ProofCase): Promise<ReadonlySet<string>> {
  const { provoke } = proofCase;
  return "reply" in provoke && provoke.reply === null ? new Set() : admitted(world, proofCase);
}

/** Which of those who must not simply come in does come in, now: the answer to their RCPT is no refusal. */
export async function admitted(world: World, proofCase: ProofCase): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { admission, via, from, say } of probesOf(proofCase.provoke)) {
    const reply = await smtp({ from, to: "127.0.0.1", port: world.portOf(via) }, say);
    if (reply.code < 400) found.add(`${admission} by ${via}`);
  }
  return found;
}

function probesOf(provocation: Provocation): readonly Probe[] {
  const common = (["smtp", "submission"] as const).flatMap((via) => [
    probe("stranger-to-stranger", via, STRANGER, "somebody@stranger.example", ELSEWHERE),
    probe("stranger-to-local", via, STRANGER, "somebody@stranger.example", "anna@example.com"),
    probe("own-sender-without-login", via, STRANGER, "bert@example.com", "anna@example.com"),
  ]);
  if (provocation.via !== "smtp") return common;
  const upToRecipient = beforeData(provocation.say);
  const toStranger = [...upToRecipient.filter((line) => !isRecipient(line)), `RCPT TO:<${ELSEWHERE}>`];
  return [
    ...common,
    {
      admission: "same-client-to-stranger",
      via: "smtp",
      from: provocation.from === "127.0.0.1" ? STRANGER : provocation.from,
      say: toStranger,
    },
    { admission: "same-words-from-elsewhere", via: "smtp", from: "127.0.0.98", say: upToRecipient },
  ];
}

function probe(admission: Admission, via: Probe["via"], from: string, sender: string, recipient: string): Probe {
  return {
    admission,
    via,
    from,
    say: ["EHLO mail.stranger.example", `MAIL FROM:<${sender}>`, `RCPT TO:<${recipient}>`],
  };
}

/** Probes ask; they send nothing. */
function beforeData(say: SmtpLines): SmtpLines {
  const data = say.indexOf("DATA");
  return data === -1 ? say : say.slice(0, data);
}

function isRecipient(line: SmtpLines[number]): boolean {
  return typeof line === "string" && line.startsWith("RCPT ");
}
