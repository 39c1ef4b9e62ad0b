import type { SourceFile } from "../io/file-port.ts";
import type { SavedAs } from "../io/saved-as.ts";
import { withFiles } from "../model/assemble.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { RuleFinding } from "./rule.ts";
import { BYTE_ORDER_MARK, headOf, showsHowSaved } from "./saved-otherwise.ts";

const MARK = "byte-order-mark";
const WIDE = "text-in-utf16";

/** What Postfix trips over comes early. */
const LONGEST = 4096;

/**
 * Of a file that is not saved as Postfix reads it one finding is left, the one that says so, with what Postfix finds wrong there first. (Before that 3.9 says
 * of each file in UTF-16 that it has NUL bytes.)
 * @param recheck all findings for the configuration as it is on the disk, where an editor shows its files decoded
 */
export function withoutConsequences(
  server: MailServer,
  findings: readonly RuleFinding[],
  recheck: (onDisk: MailServer) => readonly RuleFinding[],
): readonly RuleFinding[] {
  const causes = findings.filter(isCause);
  if (causes.length === 0) return findings;
  const seen = causes.every(({ file }) => showsHowSaved(file)) ? findings : recheck(withFiles(server, asOnDisk));
  // Without main.cf there is no Postfix to say anything.
  const isUnreadable = causes.some(({ ruleId, file }) => ruleId === WIDE && file.path === server.main.file.path);
  return findings.flatMap((finding) => {
    if (isCause(finding)) {
      const words = seen.find((other) => other.postfix !== null && comesOf(finding, other))?.postfix ?? null;
      return [{ ...finding, postfix: words }];
    }
    return isUnreadable || causes.some((cause) => comesOf(cause, finding)) ? [] : [finding];
  });
}

function isCause({ ruleId }: RuleFinding): boolean {
  return ruleId === MARK || ruleId === WIDE;
}

function comesOf(cause: RuleFinding, other: RuleFinding): boolean {
  if (isCause(other) || other.file.path !== cause.file.path) return false;
  return cause.ruleId === WIDE || other.span.start <= headOf(other.file).start + 1;
}

/** The file with the text that its bytes on the disk make. Only the beginning of one in UTF-16. */
function asOnDisk(file: SourceFile): SourceFile {
  const { savedAs = null, text } = file;
  if (savedAs === null || showsHowSaved(file)) return file;
  if (savedAs === "utf-8-mark") return { ...file, text: `${BYTE_ORDER_MARK}${text}`, parts: null };
  return { ...file, text: wide(text.slice(0, LONGEST), savedAs), parts: null, encoding: "bytes" };
}

function wide(text: string, savedAs: Exclude<SavedAs, "utf-8-mark">): string {
  const marked = savedAs.endsWith("-mark") ? `${BYTE_ORDER_MARK}${text}` : text;
  const littleEndian = savedAs.startsWith("utf-16le");
  let bytes = "";
  for (let at = 0; at < marked.length; at += 1) {
    const code = marked.charCodeAt(at);
    const [low, high] = [String.fromCharCode(code & 0xff), String.fromCharCode(code >>> 8)];
    bytes += littleEndian ? low + high : high + low;
  }
  return bytes;
}
