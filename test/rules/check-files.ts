import type { EditOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { type FileProblem, type FileResult, type FileStatus, isSourceFile } from "@postmaster/core/io/file-port.ts";
import { savedAsOf } from "@postmaster/core/io/saved-as.ts";
import { assembleServer } from "@postmaster/core/model/assemble.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import { statusPaths } from "@postmaster/core/model/status-paths.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import {
  type CheckOptions,
  checkConfiguration,
  checkWithPatterns,
  NEWEST_STABLE,
} from "@postmaster/core/rules/check-configuration.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";

/**
 * File names below /etc/postfix and what the files say. A file called `files` says what a folder would show instead, one a line:
 * `0644 2026-03-01T10:00 virtual.lmdb`. What it does not list does not exist. `virtual: unreadable` has the port say that word of a file.
 */
export type Files = Readonly<Record<string, string>>;

/** What a test says beside the files. */
export interface Given extends Omit<CheckOptions, "postfixVersion"> {
  readonly version?: string | null;
  readonly directory?: string;
}

const DIRECTORY = "/etc/postfix";
const LISTING = "files";
const PROBLEMS: readonly FileProblem[] = ["missing", "unreadable", "too-large", "folder", "special", "refused"];

/** A configuration out of texts; without a main.cf, an empty one. */
function serverOf(files: Files, version: string | null, directory: string): MailServer {
  const { [LISTING]: listing, ...texts } = files;
  const sources = Object.entries({ "main.cf": "", ...texts }).map(([name, text]): [string, FileResult] => {
    const path = `${directory}/${name}`;
    const savedAs = savedAsOf(Buffer.from(text));
    return [path, { uri: `file://${path}`, path, text, encoding: "utf-8", savedAs, version: null, writable: true }];
  });
  for (const [, name = "", problem = ""] of (listing ?? "").matchAll(/^(\S+): (.*)$/gm)) {
    sources.push([
      name.startsWith("/") ? name : `${directory}/${name}`,
      PROBLEMS.find((one) => one === problem) ?? "missing",
    ]);
  }
  const release = version === null ? NEWEST_STABLE : parsePostfixVersion(version);
  const { server } = assembleServer(directory, new Map(sources), (name) => defaultOf(name, release));
  if (server === null || !isSourceFile(server.main.file)) throw new Error("a main.cf makes a server");
  if (listing === undefined) return server;
  const listed = statusesOf(listing, directory);
  return { ...server, statuses: new Map(statusPaths(server).map((path) => [path, listed.get(path) ?? "missing"])) };
}

function statusesOf(listing: string, directory: string): ReadonlyMap<string, FileStatus> {
  const lines = listing
    .trim()
    .split("\n")
    .filter((line) => !line.includes(": "));
  return new Map(
    lines.map((line) => {
      // `0644`, or with the owner's number `0:0644`.
      const [rights = "", time = "", name = ""] = line.split(" ");
      const [mode = "", uid] = rights.split(":").toReversed();
      return [
        `${directory}/${name}`,
        {
          mode: Number.parseInt(mode, 8),
          modifiedMs: Date.parse(`${time}Z`),
          uid: uid === undefined ? null : Number(uid),
        },
      ];
    }),
  );
}

export function checkFiles(files: Files, given: Given | string | null = null): readonly RuleFinding[] {
  return checkServer(serverOfFiles(files, given), given);
}

export function checkServer(server: MailServer, given: Given | string | null = null): readonly RuleFinding[] {
  return checkConfiguration(server, optionsOf(given));
}

export function serverOfFiles(files: Files, given: Given | string | null = null): MailServer {
  const { version = null, directory = DIRECTORY } = detailsOf(given);
  return serverOf(files, version, directory);
}

/** The same, and what the engine of the pattern tables finds. */
export function checkFilesWithPatterns(
  files: Files,
  matcher: PatternMatcher,
  given: Given | string | null = null,
): Promise<readonly RuleFinding[]> {
  return checkWithPatterns(serverOfFiles(files, given), matcher, optionsOf(given));
}

function detailsOf(given: Given | string | null): Given {
  return typeof given === "string" ? { version: given } : (given ?? {});
}

function optionsOf(given: Given | string | null): CheckOptions {
  const { version = null, tableTypes, severity } = detailsOf(given);
  return {
    postfixVersion: version === null ? null : parsePostfixVersion(version),
    ...(tableTypes === undefined ? {} : { tableTypes }),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** The files after the first edit of every finding, safe or not, one after the other. */
export function fixAll(files: Files, given: Given | string | null = null): Files {
  let now = files;
  for (let round = 0; round < 50; round += 1) {
    const [fix] = editsOf(checkFiles(now, given));
    if (fix === undefined) return now;
    for (const { file, edits } of fix.files) {
      now = { ...now, [file.path.slice(file.path.lastIndexOf("/") + 1)]: applyEdits(file.text, edits) };
    }
  }
  throw new Error("the fixes of the rules never end");
}

/** The fixes that change files. */
export function editsOf(found: readonly RuleFinding[]): readonly EditOffer[] {
  return found.flatMap(({ fixes }) => fixes.filter((fix) => fix.kind === "edit"));
}
