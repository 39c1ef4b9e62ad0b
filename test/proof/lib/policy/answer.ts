import type { IredapdSettings } from "./iredapd-settings.ts";

/** What iRedAPD would find in its database. */
export interface Accounts {
  readonly domains: readonly string[];
  /** Members by the address of a list or alias. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** One request of the policy delegation protocol: attributes by name (SMTPD_POLICY_README). */
export type PolicyRequest = ReadonlyMap<string, string>;

/** When each combination of client, sender and recipient came first, in ms. */
export type GreylistingMemory = Map<string, number>;

export interface PolicyKnowledge {
  readonly settings: IredapdSettings;
  readonly accounts: Accounts;
  readonly memory: GreylistingMemory;
}

const PASS = "DUNNO";

/** The action that iRedAPD's documentation gives for a request. */
export function policyAnswer(request: PolicyRequest, knowledge: PolicyKnowledge): string {
  const { settings } = knowledge;
  const attribute = (name: string): string => request.get(name) ?? "";
  if (attribute("protocol_state") !== "RCPT" || settings.MYNETWORKS.includes(attribute("client_address"))) return PASS;
  for (const plugin of settings.plugins) {
    const action =
      plugin === "reject_sender_login_mismatch"
        ? loginMismatch(attribute, knowledge)
        : plugin === "greylisting"
          ? greylisting(attribute, knowledge)
          : PASS;
    if (action !== PASS) return action;
  }
  return PASS;
}

type Attribute = (name: string) => string;

function loginMismatch(attribute: Attribute, { settings, accounts }: PolicyKnowledge): string {
  const sender = attribute("sender").toLowerCase();
  const login = attribute("sasl_username").toLowerCase();
  if (login === "") {
    if (!accounts.domains.includes(domainOf(sender)) || names(settings.ALLOWED_FORGED_SENDERS, sender)) return PASS;
    return "REJECT SMTP AUTH is required for users under this sender domain";
  }
  if (login === sender || names(settings.ALLOWED_LOGIN_MISMATCH_SENDERS, login)) return PASS;
  const isMember = accounts.lists[sender]?.includes(login) === true;
  if (isMember && settings.ALLOWED_LOGIN_MISMATCH_LIST_MEMBER) return PASS;
  return "REJECT Sender is not same as SMTP authenticate username";
}

function greylisting(attribute: Attribute, { settings, memory }: PolicyKnowledge): string {
  if (attribute("sasl_username") !== "") return PASS;
  const triplet = ["client_address", "sender", "recipient"].map(attribute).join(" ");
  const first = memory.get(triplet);
  if (first !== undefined && Date.now() - first >= settings.GREYLISTING_BLOCK_EXPIRE * 60_000) return PASS;
  if (first === undefined) memory.set(triplet, Date.now());
  return `451 4.7.1 ${settings.GREYLISTING_MESSAGE}`;
}

function names(list: readonly string[], address: string): boolean {
  return list.some((one) => one.toLowerCase() === address || one.toLowerCase() === domainOf(address));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
