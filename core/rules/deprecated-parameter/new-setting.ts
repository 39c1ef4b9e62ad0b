import type { Safety } from "../../catalogue/safety.ts";
import { effectiveValue, ownerOf } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { parseBoolean } from "../../syntax/value/boolean.ts";
import data from "./replacements.json" with { type: "json" };

/** What says the same in today's words, and which old settings it takes the place of. */
export interface NewSetting {
  readonly value: string;
  readonly replaces: readonly string[];
  readonly safety: Safety;
  /** Empty only for a safe one. */
  readonly cost: string;
}

const SAME: ReadonlySet<string> = new Set(data.same);
const LEVEL_OF: ReadonlyMap<string, string> = new Map(Object.entries(data.levels));

/** The value of the replacement that changes nothing; null where it cannot be known, such as for tables of another format. */
export function newSetting(server: MailServer, name: string, value: string): NewSetting | null {
  if (SAME.has(name)) return { value, replaces: [name], safety: "safe", cost: "" };
  if (name === "disable_dns_lookups") {
    const isDisabled = parseBoolean(value);
    if (isDisabled === null) return null;
    return { value: isDisabled ? "disabled" : "enabled", replaces: [name], safety: "safe", cost: "" };
  }
  const program = LEVEL_OF.get(name);
  return program === undefined ? null : tlsLevel(server, program);
}

/** The three old switches together say what the security level says in one word. */
function tlsLevel(server: MailServer, program: string): NewSetting | null {
  const isOn = (name: string): boolean | null => parseBoolean(effectiveValue(server, name).expanded ?? "no");
  const use = isOn(`${program}_use_tls`);
  const enforce = isOn(`${program}_enforce_tls`);
  if (use === null || enforce === null) return null;
  const isClient = program === "smtp" || program === "lmtp";
  const checksName = isClient && isOn(`${program}_tls_enforce_peername`) === true;
  const replaces = [...LEVEL_OF].filter(([name, of]) => of === program && isInMain(server, name)).map(([name]) => name);
  const value = enforce ? (checksName ? "verify" : "encrypt") : use ? "may" : "none";
  return { value, replaces, safety: "safe", cost: "" };
}

function isInMain(server: MailServer, name: string): boolean {
  return ownerOf(server, name, null) !== null;
}
