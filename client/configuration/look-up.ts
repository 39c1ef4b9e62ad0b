import type { LookUpResult, TablesParameters } from "@postmaster/server/lsp/protocol.ts";
import { window } from "vscode";
import { activeEditor } from "../editor/active-editor.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { isTrustedToRun } from "./is-trusted-to-run.ts";
import { results } from "./results.ts";

const LONGEST_KEY = 1000;
const SHOW_OUTPUT = "Show Output";

/**
 * Asks for a key and has postmap(1) look it up in a table of the active document's configuration.
 * @param given `type:name` if the caller knows which table
 */
export async function lookUpInTable(server: ServerClient, given: unknown): Promise<void> {
  if (!(await isTrustedToRun())) return;
  const editor = await activeEditor("Open main.cf or a table of its first.");
  if (editor === null) return;
  await server.start();
  const converter = server.language.code2ProtocolConverter;
  const uri = converter.asUri(editor.document.uri);
  const position = converter.asPosition(editor.selection.active);
  const table = typeof given === "string" ? given : await chosenTable(server, { uri, position });
  if (table === null) return;
  const key = await window.showInputBox({
    title: plainText(`Look up in ${table}`),
    prompt: "The key as Postfix would ask for it: an address, a domain, a client's name or address, a HELO name.",
    validateInput: (text) => (text.length > LONGEST_KEY ? "No key is that long." : null),
  });
  if (key === undefined || key === "") return;
  const result = await server.request("postmaster/lookUp", { uri, table, key });
  const output = results();
  if (result.table !== "") output.appendLine(`$ postmap -q ${JSON.stringify(key)} ${result.table}`);
  if (result.complaints !== "") output.appendLine(result.complaints);
  if (result.problem !== null) {
    // The answer first: a notification is cut where the line ends, and one with a choice is not.
    const told = [...fromText(result, key), result.problem];
    output.appendLine(told.map((line) => `  ${line}`).join("\n"));
    const choice = await window.showWarningMessage(plainText(told.join(" ")), SHOW_OUTPUT);
    if (choice === SHOW_OUTPUT) output.show(true);
    return;
  }
  output.appendLine(`  ${wordsOf(result.value)}`);
  void window.showInformationMessage(plainText(`${key}: ${wordsOf(result.value)}`));
}

/** What the table's text says, labelled as such: Postfix reads something else. */
function fromText({ fromText: answer }: LookUpResult, key: string): readonly string[] {
  if (answer === null) return [];
  const where = answer.line === null ? "" : ` (line ${answer.line})`;
  return [`${key}: ${wordsOf(answer.value)}${where}, by the text of the table, as Postmaster reads it.`];
}

function wordsOf(value: string | null): string {
  return value === null ? "not found" : value === "" ? "found, with an empty value" : value;
}

async function chosenTable(server: ServerClient, place: TablesParameters): Promise<string | null> {
  const tables = await server.request("postmaster/tables", place);
  const [first] = tables;
  if (first === undefined) {
    void window.showInformationMessage("The configuration of this document uses no table that is a file here.");
    return null;
  }
  if (tables.length === 1) return first;
  return (await window.showQuickPick([...tables], { title: "Look up in which table?" })) ?? null;
}
