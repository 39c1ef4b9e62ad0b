import {
  type AddressToken,
  addressTokens,
  externalForm,
  firstOperator,
  isOperator,
  lastOperator,
  operator,
} from "./address-tokens.ts";

/** The settings of trivial-rewrite(8) for addresses of this server itself (its `local` rule), expanded. */
export interface RewriteSettings {
  readonly swapBangpath: boolean;
  readonly allowPercentHack: boolean;
  readonly appendAtMyorigin: boolean;
  readonly appendDotMydomain: boolean;
  readonly myorigin: string;
  readonly mydomain: string;
}

/** What was done to an address, in order. */
export type RewriteReason =
  | "source-route"
  | "bangpath"
  | "percent-hack"
  | "append-at-myorigin"
  | "append-dot-mydomain"
  | "trailing-dot";

export interface RewrittenTokens {
  readonly tokens: readonly AddressToken[];
  readonly reasons: readonly RewriteReason[];
}

/** Brings an address into the form `user@domain` as trivial-rewrite(8) does. @returns it as SMTP carries it */
export function rewriteAddress(
  address: string,
  settings: RewriteSettings,
): { readonly address: string; readonly reasons: readonly RewriteReason[] } {
  const { tokens, reasons } = rewriteTokens(addressTokens(address), settings);
  return { address: externalForm(tokens), reasons };
}

export function rewriteTokens(given: readonly AddressToken[], settings: RewriteSettings): RewrittenTokens {
  let tokens = [...given];
  const reasons: RewriteReason[] = [];
  const done = (reason: RewriteReason, next: AddressToken[]): void => {
    reasons.push(reason);
    tokens = next;
  };
  if (tokens.length === 0 || (tokens.length === 1 && isOperator(tokens[0], "@"))) return { tokens: [], reasons };

  const colon = firstOperator(tokens, ":");
  if (isOperator(tokens[0], "@") && colon !== -1 && colon < tokens.length - 1)
    done("source-route", tokens.slice(colon + 1));

  if (lastOperator(tokens, "@") === -1) {
    const bang = firstOperator(tokens, "!");
    const percent = lastOperator(tokens, "%");
    if (settings.swapBangpath && bang !== -1) {
      done("bangpath", [...tokens.slice(bang + 1), operator("@"), ...tokens.slice(0, bang)]);
    } else if (settings.allowPercentHack && percent !== -1) {
      done("percent-hack", tokens.with(percent, operator("@")));
    } else if (settings.appendAtMyorigin && settings.myorigin !== "") {
      done("append-at-myorigin", [...tokens, operator("@"), ...addressTokens(settings.myorigin)]);
    }
  }

  const at = lastOperator(tokens, "@");
  if (settings.appendDotMydomain && settings.mydomain !== "" && at !== -1 && at < tokens.length - 1) {
    const domain = tokens.slice(at + 1);
    const isShort = !domain.some((token) => token.kind === "literal" || isOperator(token, "."));
    if (isShort) done("append-dot-mydomain", [...tokens, operator("."), ...addressTokens(settings.mydomain)]);
  }

  const stripped = withoutTrailingDot(tokens);
  if (stripped.length < tokens.length) done("trailing-dot", stripped);
  return { tokens, reasons };
}

/** Without a dot at its end, but not of `a..` or `a@.`: bogus addresses are left alone, so that they can be recognised. */
export function withoutTrailingDot(tokens: readonly AddressToken[]): AddressToken[] {
  const before = tokens.at(-2);
  const isStray =
    isOperator(tokens.at(-1), ".") && before !== undefined && !isOperator(before, ".") && !isOperator(before, "@");
  return isStray ? tokens.slice(0, -1) : [...tokens];
}
