import { Range, Uri, type ViewColumn, window } from "vscode";
import { plainText } from "../text/plain-text.ts";

/** Opens a log at a line. @param argument `{"log": path or URI, "line": from 1}` as JSON, from a view: checked here. @param column where; the active one unless given */
export async function openPlace(argument: string, column?: ViewColumn): Promise<void> {
  const place = readPlace(argument);
  if (place === null) return;
  const uri = place.log.startsWith("untitled:") ? Uri.parse(place.log) : Uri.file(place.log);
  await openAtLine(uri, place.line - 1, column);
}

/** @param line zero-based */
async function openAtLine(uri: Uri, line: number, viewColumn?: ViewColumn): Promise<void> {
  try {
    const selection = new Range(line, 0, line, 0);
    await window.showTextDocument(uri, {
      selection,
      preview: true,
      ...(viewColumn === undefined ? {} : { viewColumn }),
    });
  } catch {
    const more =
      uri.path.endsWith(".gz") || uri.path.endsWith(".zst") ? "it is compressed" : "it may be too large or gone";
    void window.showWarningMessage(
      plainText(`The log cannot be opened as text: ${more}. The numbers of its report open its lines all the same.`),
    );
  }
}

function readPlace(argument: string): { readonly log: string; readonly line: number } | null {
  try {
    const value: unknown = JSON.parse(argument);
    if (typeof value !== "object" || value === null || !("log" in value) || !("line" in value)) return null;
    const { log, line } = value;
    return typeof log === "string" && typeof line === "number" && Number.isInteger(line) && line > 0
      ? { log, line }
      : null;
  } catch {
    return null;
  }
}
