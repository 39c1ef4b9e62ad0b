import { parseAddress } from "../../lookup/cidr-lookup.ts";
import { type AdmissionContext, replyBy } from "../admission-context.ts";
import { isHostname, isMailAddressLiteral, withoutTrailingDot } from "../host-syntax.ts";
import { none, type Outcome, permit, reject } from "../outcome.ts";
import type { Check, Checks } from "./check.ts";
import { byDns } from "./dns.ts";

/** Applies a check to the HELO name, an address in brackets apart. */
const named =
  (check: Check): Check =>
  (context, position, step) => {
    const { helo } = position.said;
    if (helo === null) return none("no HELO yet");
    return helo.startsWith("[") ? checkLiteral(context, helo) : check(context, position, step);
  };

const invalid = named((context, { said: { helo } }) => {
  const name = withoutTrailingDot(helo ?? "");
  if (isHostname(name) || parseAddress(name) !== null) return none(`${name} is a host name`);
  const text = `<${helo ?? ""}>: Helo command rejected: Invalid name`;
  return reject(replyBy(context, "invalid_hostname_reject_code", "5.5.2", text), `${name} is no host name`);
});

const notQualified = named((context, { said: { helo } }) => {
  const name = withoutTrailingDot(helo ?? "");
  if (isHostname(name) && name.includes(".")) return none(`${name} is fully qualified`);
  const text = `<${helo ?? ""}>: Helo command rejected: need fully-qualified hostname`;
  return reject(replyBy(context, "non_fqdn_reject_code", "5.5.2", text), `${name} is not fully qualified`);
});

const unknownName = named((context, position, step) => byDns(context, position, step));

export const heloChecks: Checks = {
  reject_invalid_helo_hostname: invalid,
  reject_invalid_hostname: invalid,
  reject_non_fqdn_helo_hostname: notQualified,
  reject_non_fqdn_hostname: notQualified,
  reject_unknown_helo_hostname: unknownName,
  reject_unknown_hostname: unknownName,
  permit_naked_ip_address: (context, { said: { helo } }) => {
    if (helo === null || !isNaked(helo)) return none("the HELO is no naked address");
    const outcome = checkLiteral(context, helo);
    return outcome.kind === "none" ? permit(`${helo} is an address`) : outcome;
  },
};

function checkLiteral(context: AdmissionContext, helo: string): Outcome {
  const inner = helo.length > 2 && helo.startsWith("[") && helo.endsWith("]") ? helo.slice(1, -1) : helo;
  if (isMailAddressLiteral(inner)) return none(`${helo} is an address`);
  const text = `<${helo}>: Helo command rejected: invalid ip address`;
  return reject(replyBy(context, "invalid_hostname_reject_code", "5.5.2", text), `${helo} is no address`);
}

function isNaked(helo: string): boolean {
  for (const c of helo) if (!"0123456789.:".includes(c)) return false;
  return true;
}
