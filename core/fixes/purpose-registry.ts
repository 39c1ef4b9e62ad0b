import type { Purpose } from "./proposal.ts";
import { acceptHelo } from "./purposes/accept-helo.ts";
import { addLoginOwner } from "./purposes/add-login-owner.ts";
import { changeMyhostname } from "./purposes/change-myhostname.ts";
import { disableRule } from "./purposes/disable-rule.ts";
import { dovecotAllowPlaintext } from "./purposes/dovecot-allow-plaintext.ts";
import { exceptHelo } from "./purposes/except-helo.ts";
import { iredapdAdd } from "./purposes/iredapd-add.ts";
import { iredapdEnable } from "./purposes/iredapd-enable.ts";
import { iredapdPluginInstead } from "./purposes/iredapd-plugin-instead.ts";
import { raiseLimit } from "./purposes/raise-limit.ts";
import { removeFromMydestination } from "./purposes/remove-from-mydestination.ts";
import { removeRestriction } from "./purposes/remove-restriction.ts";
import { replaceRestriction } from "./purposes/replace-restriction.ts";
import { startService } from "./purposes/start-service.ts";

/** Every purpose a catalogue entry may name; the names are those of the files. */
export const purposes: ReadonlyMap<string, Purpose> = new Map<string, Purpose>([
  ["accept-helo", acceptHelo],
  ["add-login-owner", addLoginOwner],
  ["change-myhostname", changeMyhostname],
  ["disable-rule", disableRule],
  ["dovecot-allow-plaintext", dovecotAllowPlaintext],
  ["except-helo", exceptHelo],
  ["iredapd-add", iredapdAdd],
  ["iredapd-enable", iredapdEnable],
  ["iredapd-plugin-instead", iredapdPluginInstead],
  ["raise-limit", raiseLimit],
  ["remove-from-mydestination", removeFromMydestination],
  ["remove-restriction", removeRestriction],
  ["replace-restriction", replaceRestriction],
  ["start-service", startService],
]);
