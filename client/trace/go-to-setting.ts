import type { SettingParameters, SettingResult } from "@postmaster/server/lsp/protocol.ts";
import { Range, window } from "vscode";
import { activeLogEditor } from "../editor/active-editor.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";

/** Opens the restriction, table line or `-o` that produced a line of a log: of the line given, else of the cursor's. */
export async function goToSetting(server: ServerClient, given?: SettingParameters): Promise<void> {
  const wanted = given ?? (await lineOfCursor(server));
  if (wanted === null) return;
  await server.start();
  const { places, problem } = await server.request("postmaster/setting", wanted);
  const place = await choose(server, places);
  if (place !== null) await open(server, place);
  else if (problem !== null) void window.showInformationMessage(plainText(problem));
}

type Place = SettingResult["places"][number];

async function choose(server: ServerClient, places: readonly Place[]): Promise<Place | null> {
  const [first] = places;
  if (places.length < 2) return first ?? null;
  const items = places.map((place) => ({
    label: plainText(place.words),
    description: `line ${place.range.start.line + 1}`,
    detail: plainText(server.language.protocol2CodeConverter.asUri(place.uri).fsPath),
    place,
  }));
  const chosen = await window.showQuickPick(items, { placeHolder: "What produced this line" });
  return chosen?.place ?? null;
}

async function open(server: ServerClient, { uri, range }: Place): Promise<void> {
  const { start, end } = range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(server.language.protocol2CodeConverter.asUri(uri), { selection, preview: true });
}

/** Null if there is none, which the user was told. */
async function lineOfCursor(server: ServerClient): Promise<SettingParameters | null> {
  const editor = await activeLogEditor("Open a mail log and put the cursor on a line with a refusal.");
  if (editor === null) return null;
  return { uri: server.language.code2ProtocolConverter.asUri(editor.document.uri), line: editor.selection.active.line };
}

/** The argument of the command, if a code action gave one. */
export function readSettingPlace(given: unknown): SettingParameters | undefined {
  if (typeof given !== "object" || given === null || !("uri" in given) || !("line" in given)) return undefined;
  const { uri, line } = given;
  return typeof uri === "string" && typeof line === "number" ? { uri, line } : undefined;
}
