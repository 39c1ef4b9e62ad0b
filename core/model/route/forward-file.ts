import { type FilePort, isSourceFile, type SourceFile } from "../../io/file-port.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { effectiveValue } from "../effective.ts";
import { listedTargets } from "../include-files.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { expandForUser, type LocalName } from "./local-expand.ts";
import type { PasswordEntry, UserAccount } from "./user-account.ts";

/** Whose tables are asked, and whose files. */
export interface RouteContext extends LookupContext {
  /** Reads users' `.forward` files; null where the configuration is not this machine's. */
  readonly files: FilePort | null;
}

/** What a user's `.forward` file says (`forward_path`). */
export type ForwardFile =
  /** There is none, or `forward_path` is empty. */
  | { readonly kind: "none" }
  /** Whether there is one cannot be seen from here. */
  | { readonly kind: "unseen" }
  /** local(8) goes on as if there were none. `reason` in its own words, but for a file that names nobody, of which it says nothing. */
  | { readonly kind: "ignored"; readonly path: string; readonly reason: string }
  | { readonly kind: "found"; readonly file: SourceFile; readonly usesExtension: boolean };

const ANYBODY_WRITES = 0o002;

/** The first file of `forward_path` that is there, as local(8) looks for it. */
export async function findForwardFile(
  context: RouteContext,
  name: LocalName,
  account: UserAccount,
): Promise<ForwardFile> {
  const paths = splitList(joinedText(effectiveValue(context.server, "forward_path", context.service).raw ?? ""));
  if (paths.elements.length === 0 || account === "none") return { kind: "none" };
  const { files } = context;
  if (account === "unknown" || files === null) return { kind: "unseen" };
  const filter = effectiveValue(context.server, "forward_expansion_filter", context.service).expanded ?? "";
  for (const { text } of paths.elements) {
    const path = expandForUser(text, name, account, filter);
    if (path === null || path.isIncomplete) continue;
    const found = await readForward(files, path.text, account);
    if (found !== null) return found.kind === "found" ? { ...found, usesExtension: path.usesExtension } : found;
  }
  return { kind: "none" };
}

type Read =
  | Exclude<ForwardFile, { readonly kind: "none" | "found" }>
  | { readonly kind: "found"; readonly file: SourceFile };

/** Null: there is no such file. */
async function readForward(files: FilePort, path: string, account: PasswordEntry): Promise<Read | null> {
  // Where a link leads is not looked at, not even whether something is there.
  if (await files.isLink(path)) return { kind: "ignored", path, reason: "is not a regular file" };
  const status = await files.status(path);
  if (status === "missing") return null;
  if (typeof status === "string") return { kind: "unseen" };
  const file = await files.read(path);
  if (file === "folder" || file === "special") return { kind: "ignored", path, reason: "is not a regular file" };
  if (status.uid !== null && status.uid !== 0 && status.uid !== account.uid) {
    return { kind: "ignored", path, reason: `has bad owner uid ${status.uid}` };
  }
  if (status.mode !== null && (status.mode & ANYBODY_WRITES) !== 0) {
    return { kind: "ignored", path, reason: "is world writable" };
  }
  if (!isSourceFile(file)) return { kind: "unseen" };
  return listedTargets(file).length === 0 ? { kind: "ignored", path, reason: "names nobody" } : { kind: "found", file };
}
