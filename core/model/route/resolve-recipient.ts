import {
  type AddressToken,
  addressTokens,
  internalForm,
  isOperator,
  lastOperator,
  operator,
} from "./address-tokens.ts";
import type { Decision, Undecided } from "./decision.ts";
import { isMailDomain } from "./mail-domain.ts";
import { type RewriteSettings, rewriteTokens, withoutTrailingDot } from "./rewrite-address.ts";

/** The settings that decide which domain an address is really for, expanded. */
export interface ResolveSettings extends RewriteSettings {
  readonly myhostname: string;
  readonly emptyAddressRecipient: string;
  readonly resolveDequotedAddress: boolean;
  readonly resolveNulldomain: boolean;
}

/** An address taken apart as trivial-rewrite(8) does before it chooses a transport. */
export interface ResolvedRecipient {
  /** `user@domain` in internal form. */
  readonly recipient: string;
  /** As written there: lower case is not forced. */
  readonly domain: string;
  /** What says that the domain is this machine; null if it is another's. */
  readonly local: Decision | null;
  /** The domain can be no domain: smtpd(8) refuses the address, and mail for it bounces with 5.1.3. */
  readonly isBad: boolean;
}

/** Whether mydestination or an address of this machine holds a domain; null if nothing does. */
export type LocalTest = (domain: string) => Promise<Decision | Undecided | null>;

export async function resolveRecipient(
  address: string,
  settings: ResolveSettings,
  isLocal: LocalTest,
): Promise<ResolvedRecipient | Undecided> {
  const given = addressTokens(address);
  // Without quotes, routing operators that hide in them are seen: nobody relays through `"user@elsewhere"@here`.
  let tokens: readonly AddressToken[] = settings.resolveDequotedAddress ? addressTokens(internalForm(given)) : given;
  /** `@domain` that was taken off last. */
  let saved: readonly AddressToken[] | null = null;
  let decision: Decision | null = null;

  // Each turn takes an operator off, so there are no more than the address is long.
  for (let turn = 0; turn <= address.length + 1; turn += 1) {
    tokens = withoutTrailingDot(tokens);
    if (settings.resolveNulldomain && isOperator(tokens.at(-1), "@")) tokens = tokens.slice(0, -1);
    const at = lastOperator(tokens, "@");
    if (at !== -1) {
      const domain = tokens.slice(at + 1);
      const listed = domain.length === 0 ? null : await isLocal(internalForm(domain));
      if (listed !== null && "kind" in listed) return listed;
      if (domain.length > 0 && listed === null) return result(tokens, null);
      decision = listed ?? decision;
      saved = tokens.slice(at);
      tokens = tokens.slice(0, at);
    }
    if (!routesOn(tokens, settings)) break;
    tokens = rewriteTokens(tokens, settings).tokens;
  }

  if (tokens.length === 1 && tokens[0]?.kind === "quoted" && tokens[0].text === "") tokens = [];
  if (tokens.length === 0) tokens = addressTokens(settings.emptyAddressRecipient);
  const whole = [...tokens, ...(saved ?? [operator("@"), ...addressTokens(settings.myhostname)])];
  return result(whole, decision ?? { parameter: "myhostname", table: null, file: null, span: null });
}

function result(tokens: readonly AddressToken[], local: Decision | null): ResolvedRecipient {
  const recipient = internalForm(tokens);
  const domain = recipient.slice(recipient.lastIndexOf("@") + 1);
  return { recipient, domain, local, isBad: !isMailDomain(domain) };
}

function routesOn(tokens: readonly AddressToken[], settings: RewriteSettings): boolean {
  return (
    lastOperator(tokens, "@") !== -1 ||
    (settings.swapBangpath && lastOperator(tokens, "!") !== -1) ||
    (settings.allowPercentHack && lastOperator(tokens, "%") !== -1)
  );
}
