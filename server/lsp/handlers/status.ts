import path from "node:path";
import { pathToFileURL } from "node:url";
import type { FoundServer } from "@postmaster/core/model/find-server.ts";
import type { Status } from "../protocol.ts";
import type { Session } from "../session.ts";
import { configurationOf } from "../surroundings.ts";

/** Hosts are looked for in the first lines; a log whose head says nothing is taken as it lies. */
const LINES_LOOKED_AT = 20;

/** Which configuration a document's fixes are computed against, and why. */
export async function onStatus(session: Session, { uri }: { readonly uri: string }): Promise<Status> {
  const { found, port } = await configurationOf(session, uri, hostOf(session, uri));
  if (found === null) {
    const why = session.isTrusted()
      ? "No main.cf in the workspace, and the log is not this machine's own. Set postmaster.configDirectory to get fixes as edits."
      : "No main.cf in the workspace, and nothing outside it is read before you trust it.";
    return { configuration: null, detail: why };
  }
  const file = path.join(found.directory, "main.cf");
  const main = await port.read(file);
  if (typeof main === "string") return { configuration: null, detail: `${file}: ${PROBLEM[main]}` };
  return { configuration: { uri: main.uri ?? pathToFileURL(file).href, ...found }, detail: WHY[found.how] };
}

function hostOf(session: Session, uri: string): string | null {
  const document = session.documents.log(uri);
  if (document === null) return null;
  for (let line = 0; line < Math.min(LINES_LOOKED_AT, document.log.lineCount); line += 1) {
    const host = document.log.line(line).host?.value;
    if (host !== undefined && host !== "") return host;
  }
  return null;
}

const WHY: Readonly<Record<FoundServer["how"], string>> = {
  setting: "The setting postmaster.configDirectory names it.",
  "near-log": "It is the main.cf nearest to this log in the workspace.",
  workspace: "It is the main.cf of the workspace.",
  system: "The log is this machine's own, and so is this configuration.",
};

const PROBLEM = {
  missing: "there is no such file.",
  unreadable: "it cannot be read.",
  "too-large": "it is too large for a configuration.",
  folder: "it is a folder.",
  special: "it is no regular file.",
  refused: "it may not be read: it leads out of the folders that may be read.",
} as const;
