import { isSourceFile, type SourceFile } from "@postmaster/core/io/file-port.ts";
import { assembleServer } from "@postmaster/core/model/assemble.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { type CheckOptions, checkConfiguration, NEWEST_STABLE } from "@postmaster/core/rules/check-configuration.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";

/** File names below /etc/postfix and what the files say. */
export type Files = Readonly<Record<string, string>>;

/** What a test says beside the files. */
export interface Given extends Omit<CheckOptions, "postfixVersion"> {
  readonly version?: string | null;
  readonly directory?: string;
}

const DIRECTORY = "/etc/postfix";

/** A configuration out of texts; without a main.cf, an empty one. */
function serverOf(files: Files, version: string | null, directory: string): MailServer {
  const sources = Object.entries({ "main.cf": "", ...files }).map(([name, text]): [string, SourceFile] => {
    const path = `${directory}/${name}`;
    return [path, { uri: `file://${path}`, path, text, encoding: "utf-8", version: null, writable: true }];
  });
  const release = version === null ? NEWEST_STABLE : parsePostfixVersion(version);
  const { server } = assembleServer(directory, new Map(sources), (name) => defaultOf(name, release));
  if (server === null || !isSourceFile(server.main.file)) throw new Error("a main.cf makes a server");
  return server;
}

export function checkFiles(files: Files, given: Given | string | null = null): readonly RuleFinding[] {
  const {
    version = null,
    directory = DIRECTORY,
    ...options
  } = typeof given === "string" ? { version: given } : (given ?? {});
  return checkConfiguration(serverOf(files, version, directory), {
    ...options,
    postfixVersion: version === null ? null : parsePostfixVersion(version),
  });
}

/** The files after the first fix of every finding, safe or not, one after the other. */
export function fixAll(files: Files, given: Given | string | null = null): Files {
  let now = files;
  for (let round = 0; round < 50; round += 1) {
    const [fix] = checkFiles(now, given).flatMap(({ fixes }) => fixes);
    if (fix === undefined || fix.kind !== "edit") return now;
    for (const { file, edits } of fix.files) {
      now = { ...now, [file.path.slice(file.path.lastIndexOf("/") + 1)]: applyEdits(file.text, edits) };
    }
  }
  throw new Error("the fixes of the rules never end");
}
