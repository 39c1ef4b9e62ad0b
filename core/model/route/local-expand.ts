import { escapeDollars, expand, macrosOf } from "../../syntax/value/expand.ts";
import type { PasswordEntry } from "./user-account.ts";

/** A recipient as local(8) takes it apart. */
export interface LocalName {
  /** `user+extension@domain` as it came. */
  readonly recipient: string;
  /** In lower case, like all that follow: what stands before the last `@`. */
  readonly local: string;
  readonly user: string;
  /** Without its delimiter; empty if there is none. */
  readonly extension: string;
  /** The character between the two; empty likewise. */
  readonly delimiter: string;
}

/** What `forward_path` or `luser_relay` become for one recipient. */
export interface LocalExpanded {
  readonly text: string;
  /** A name has no value: local(8) leaves such a path out. */
  readonly isIncomplete: boolean;
  readonly usesExtension: boolean;
}

/**
 * Expands the names that local(8) knows (local(8), DELIVERY METHOD CONTROLS), and no parameters. Null if the text is none that Postfix expands.
 * @param allowed the characters of values that are kept (`forward_expansion_filter`), the others become `_`; null: all are
 */
export function expandForUser(
  text: string,
  name: LocalName,
  account: PasswordEntry | null,
  allowed: string | null,
): LocalExpanded | null {
  const values: Readonly<Record<string, string>> = {
    user: name.user,
    local: name.local,
    recipient: name.recipient,
    domain: name.recipient.slice(name.recipient.lastIndexOf("@") + 1),
    extension: name.extension,
    recipient_delimiter: name.delimiter,
    home: account?.home ?? "",
    shell: account?.shell ?? "",
  };
  let usesExtension = false;
  const result = expand(text, (wanted) => {
    const value = Object.hasOwn(values, wanted) ? (values[wanted] ?? "") : "";
    if (wanted === "extension" && value !== "") usesExtension = true;
    return value === "" ? null : escapeDollars(allowed === null ? value : filtered(value, allowed));
  });
  if (!result.ok) return null;
  const isIncomplete = macrosOf(text).nodes.some(
    (node) => node.kind === "reference" && result.undefinedNames.includes(node.name),
  );
  return { text: result.text, isIncomplete, usesExtension };
}

function filtered(value: string, allowed: string): string {
  return value.replaceAll(/[^]/gu, (char) => (allowed.includes(char) ? char : "_"));
}
