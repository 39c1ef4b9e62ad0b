import { addressTokens, firstOperator, internalForm, isOperator } from "../route/address-tokens.ts";

/** An address of MAIL or RCPT as smtpd(8) goes on with it: without quotes and without the route in front of it (`@a,@b:user@c`). */
export function spokenAddress(written: string): string {
  const tokens = addressTokens(written);
  const colon = firstOperator(tokens, ":");
  const isRouted = isOperator(tokens[0], "@") && colon !== -1 && colon < tokens.length - 1;
  return internalForm(isRouted ? tokens.slice(colon + 1) : tokens);
}
