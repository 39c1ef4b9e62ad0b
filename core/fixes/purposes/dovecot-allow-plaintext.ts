import type { DovecotConfiguration } from "../../model/find-dovecot.ts";
import { baseName } from "../../model/paths.ts";
import { setSetting } from "../../syntax/dovecot-conf/edit-dovecot-conf.ts";
import { effectiveSetting } from "../../syntax/dovecot-conf/parse-dovecot-conf.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import type { AfterStep } from "../fix-offer.ts";
import { linesToAdd } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

const RESTART: readonly AfterStep[] = [{ kind: "restart", service: "dovecot" }];

/** Lets clients log in without TLS: `disable_plaintext_auth` up to Dovecot 2.3, `auth_allow_cleartext` from 2.4. */
export function dovecotAllowPlaintext(request: FixRequest): readonly Proposal[] {
  const { dovecot, origin } = request.context;
  const modern = isModern(dovecot, origin.message);
  const name = modern ? "auth_allow_cleartext" : "disable_plaintext_auth";
  const value = modern ? "yes" : "no";
  if (dovecot === null) {
    const reason = "Dovecot's configuration was not found: add the line by hand. It has no use while ssl = required.";
    return linesToAdd("dovecot.conf", `${name} = ${value}\n`, reason, RESTART);
  }
  if (valueOf(dovecot, "ssl")?.toLowerCase() === "required") {
    return withheld(`It would have no effect: ssl = required refuses every login without TLS, whatever ${name} says.`);
  }
  const place = placeFor(dovecot, name);
  if (place === null) return withheld("Dovecot's configuration has no file to write to.");
  const result = setSetting(place.tree, name, value);
  if (!result.ok) return withheld(`${baseName(place.file.path)}: ${REFUSAL_WORDS[result.reason]}.`);
  return [
    {
      kind: "edit",
      files: [{ file: place.file, edits: result.edits }],
      detail: `${name} = ${value} in ${baseName(place.file.path)}`,
      after: RESTART,
      atLeast: "risky",
    },
  ];
}

/**
 * `dovecot_config_version` decides; without it, the words of the line do: 2.4 says cleartext where earlier releases say plaintext. A
 * setting of the older name may be left over from before an upgrade.
 */
function isModern(dovecot: DovecotConfiguration | null, message: string): boolean {
  const version = dovecot === null ? null : valueOf(dovecot, "dovecot_config_version");
  if (version !== null) return !version.startsWith("2.3");
  const said = message.toLowerCase();
  if (said.includes("cleartext")) return true;
  if (said.includes("plaintext") || dovecot === null) return false;
  return valueOf(dovecot, "auth_allow_cleartext") !== null;
}

/** Files are in reading order: the last one that sets a name wins. */
function valueOf(dovecot: DovecotConfiguration, name: string): string | null {
  return settingFile(dovecot, name)?.setting.value ?? null;
}

function settingFile(dovecot: DovecotConfiguration, name: string) {
  const root = dovecot.files[0];
  const own = root === undefined ? null : effectiveSetting(root.tree, name);
  // Below its includes, dovecot.conf has the last word.
  if (
    root !== undefined &&
    own !== null &&
    root.tree.includes.every(({ pathSpan }) => pathSpan.start < own.nameSpan.start)
  ) {
    return { ...root, setting: own };
  }
  for (const { file, tree } of dovecot.files.toReversed()) {
    const setting = effectiveSetting(tree, name);
    if (setting !== null) return { file, tree, setting };
  }
  return null;
}

function placeFor(dovecot: DovecotConfiguration, name: string): DovecotConfiguration["files"][number] | null {
  const present = settingFile(dovecot, name);
  if (present !== null) return present;
  return dovecot.files.find(({ file }) => baseName(file.path) === "10-auth.conf") ?? dovecot.files[0] ?? null;
}
