import { isSourceFile, type SourceFile } from "@postmaster/core/io/file-port.ts";
import { assembleServer } from "@postmaster/core/model/assemble.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";

/** File names below /etc/postfix and what the files say. */
export type Files = Readonly<Record<string, string>>;

const DIRECTORY = "/etc/postfix";

/** A configuration out of texts; without a main.cf, an empty one. */
function serverOf(files: Files, encoding: SourceFile["encoding"] = "utf-8"): MailServer {
  const sources = Object.entries({ "main.cf": "", ...files }).map(([name, text]): [string, SourceFile] => {
    const path = `${DIRECTORY}/${name}`;
    return [path, { uri: `file://${path}`, path, text, encoding, version: null, writable: true }];
  });
  const { server } = assembleServer(DIRECTORY, new Map(sources), (name) => defaultOf(name));
  if (server === null || !isSourceFile(server.main.file)) throw new Error("a main.cf makes a server");
  return server;
}

export function checkFiles(files: Files, version: string | null = null): readonly RuleFinding[] {
  return checkConfiguration(serverOf(files), {
    postfixVersion: version === null ? null : parsePostfixVersion(version),
  });
}

/** The files after the first fix of every finding, safe or not, one after the other. */
export function fixAll(files: Files): Files {
  let now = files;
  for (let round = 0; round < 50; round += 1) {
    const [fix] = checkFiles(now).flatMap(({ fixes }) => fixes);
    if (fix === undefined || fix.kind !== "edit") return now;
    for (const { file, edits } of fix.files) {
      now = { ...now, [file.path.slice(DIRECTORY.length + 1)]: applyEdits(file.text, edits) };
    }
  }
  throw new Error("the fixes of the rules never end");
}
