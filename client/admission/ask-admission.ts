import type { AdmitParameters, AdmitResult } from "@postmaster/server/lsp/protocol.ts";
import { type Memento, window } from "vscode";
import { inFront } from "../editor/in-front.ts";
import { isOurs } from "../language/language-ids.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import type { AdmissionDocuments, AdmitArguments } from "./admission-documents.ts";

type Written = AdmitParameters["session"];
type Question = {
  readonly key: "client" | "helo" | "sender" | "recipient" | "login";
  readonly title: string;
  readonly prompt: string;
};

const QUESTIONS: readonly Question[] = [
  {
    key: "client",
    title: "Client",
    prompt: "Its address, and after a slash its verified name: 192.0.2.1/mail.example.org",
  },
  { key: "helo", title: "HELO", prompt: "What it greets with; empty if it says neither HELO nor EHLO" },
  { key: "sender", title: "Sender", prompt: "The envelope sender; empty for <>" },
  { key: "recipient", title: "Recipient", prompt: "The envelope recipient" },
  { key: "login", title: "Login", prompt: "The name it logs in with; empty if it does not" },
];

const KEPT = "postmaster.admission";
const FIRST = { client: "192.0.2.1/mail.example.org", helo: "mail.example.org", sender: "someone@example.org" };

/** The command: asks for a session, unless it is given, and shows what the restriction lists make of it. */
export async function askAdmission(
  server: ServerClient,
  documents: AdmissionDocuments,
  memory: Memento,
  given?: AdmitArguments,
): Promise<void> {
  await server.start();
  const uri = given?.uri ?? (await activeUri(server));
  const answers = given?.session ?? (await ask(memory));
  if (answers === null) return;
  const service = given?.session === undefined ? await pickService(server, uri) : (given.service ?? null);
  if (service === undefined) return;
  const told = given?.telling === undefined ? [] : await askAnswer(given.telling);
  if (told === null) return;
  const asked = { uri, service, session: answers, assumptions: [...(given?.assumptions ?? []), ...told] };
  const result: AdmitResult = await server.request("postmaster/admit", asked);
  if (result.problem !== null) {
    void window.showWarningMessage(plainText(result.problem));
    return;
  }
  await documents.show(asked, result);
}

/** The assumption with the user's own answer behind the `=`; null if the user gave up. */
async function askAnswer(assumption: string): Promise<readonly string[] | null> {
  const answer = await window.showInputBox({
    title: "What would it answer?",
    prompt: "What is not known here, and behind “=” the answer that is to be taken for its own",
    value: assumption,
    valueSelection: [assumption.indexOf("=") + 1, assumption.length],
    validateInput: (text) => (/[^=\s]\s*=\s*\S/.test(text) ? null : "Write it as WHAT=ANSWER."),
    ignoreFocusOut: true,
  });
  return answer === undefined ? null : [answer];
}

/** Null if the user gave up. The answers of the last time are offered again. */
async function ask(memory: Memento): Promise<Written | null> {
  const answers: Record<string, string> = { ...FIRST, ...memory.get<Record<string, string>>(KEPT) };
  for (const [index, { key, title, prompt }] of QUESTIONS.entries()) {
    const answer = await window.showInputBox({
      title: `Would this be let in? ${title} (${index + 1} of ${QUESTIONS.length})`,
      prompt,
      value: answers[key] ?? "",
      ignoreFocusOut: true,
    });
    if (answer === undefined) return null;
    answers[key] = answer.trim();
  }
  await memory.update(KEPT, answers);
  const filled = (key: string): string | null => (answers[key] === "" ? null : (answers[key] ?? null));
  return {
    client: answers["client"] ?? "",
    reverseName: null,
    helo: filled("helo"),
    sender: answers["sender"] ?? "",
    recipient: answers["recipient"] ?? "",
    login: filled("login"),
    // Whoever logs in does so under TLS, where the service asks for it.
    tls: filled("login") !== null,
  };
}

/** Null: the one that strangers come to; undefined: the user gave up. */
async function pickService(server: ServerClient, uri: string): Promise<string | null | undefined> {
  const names = await server.request("postmaster/smtpdServices", { uri });
  if (names.length < 2) return null;
  return window.showQuickPick(names.map(plainText), { title: "Which service?", ignoreFocusOut: true });
}

/** Empty if it is no document of ours: the workspace tells then which configuration is meant. */
async function activeUri(server: ServerClient): Promise<string> {
  const front = await inFront();
  if (front.kind !== "editor" || !isOurs(front.editor.document)) return "";
  return server.language.code2ProtocolConverter.asUri(front.editor.document.uri);
}
