import { effectiveValue } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";

import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii, trimAscii } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { lineBreakOf } from "../../text/writable-text.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { deliveryServices } from "../delivery-services.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter } from "../known-parameter.ts";
import type { Rule, RuleContext, RuleProblem } from "../rule.ts";
import { textFor } from "../settings-of.ts";
import data from "./needed.json" with { type: "json" };

/** A service that others cannot do without, once one of the settings has a value, a table is a `proxy:` one, or always. */
interface Needed {
  readonly service: string;
  /** As it stands in master.cf by default. */
  readonly line: string;
  readonly settings: readonly string[];
  readonly tables: boolean;
  /** Postfix's own. */
  readonly words: string;
  readonly consequence: string;
}

const NEEDED: readonly Needed[] = data;

export const missingService: Rule = {
  id: "missing-service",
  title: "A service of Postfix itself that master.cf does not have",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server, context) =>
    deliveryServices(server) === null ? [] : NEEDED.flatMap((needed) => problemOf(server, needed, context)),
};

function problemOf(server: MailServer, needed: Needed, context: RuleContext): readonly RuleProblem[] {
  const { master } = server;
  const { service, line, words, consequence } = needed;
  // Who gives it another name, where that can be done, has such a service or knows why not.
  const name = effectiveValue(server, `${service}_service_name`).expanded ?? service;
  if (master === null || name !== service) return [];
  if (master.tree.services.some((one) => one.name === service && one.type.startsWith("unix"))) return [];
  const place = placeOf(server, needed, context);
  if (place === null) return [];
  const { text } = master.file;
  const lineBreak = lineBreakOf(text);
  const isEnded = text === "" || text.endsWith("\n");
  const fix = {
    id: "missing-service/add",
    title: `Add the service ${service} to master.cf, as Postfix comes with it`,
    safety: "safe",
    cost: "",
    reload: true,
  } as const;
  const edit = { span: span(text.length, text.length), newText: `${isEnded ? "" : lineBreak}${line}${lineBreak}` };
  const message = `master.cf has no service ${service}: ${consequence}.`;
  return [{ ...place, message, postfix: words, fixes: [editOffer(server, fix, master.file, [edit])] }];
}

/** What asks for the service; null: nothing does. */
function placeOf(
  server: MailServer,
  { settings, tables }: Needed,
  { postfixVersion }: RuleContext,
): Pick<RuleProblem, "file" | "span"> | null {
  const all = assignments(server).filter(({ name }) => knownParameter(server, name, postfixVersion) !== null);
  if (tables) return proxied(all);
  if (settings.length > 0) {
    const one = all.find(({ name, service }) => settings.includes(name) && isSet(textFor(server, service, name)));
    return one === undefined ? null : { file: one.file, span: one.nameSpan };
  }
  const manager = server.master?.tree.services.find(({ command }) => command === "qmgr");
  const [field] = manager?.fields ?? [];
  return server.master === null || field === undefined ? null : { file: server.master.file, span: field.span };
}

function isSet(value: string): boolean {
  return trimAscii(value) !== "" && lowerAscii(value) !== "none";
}

function proxied(all: readonly Assignment[]): Pick<RuleProblem, "file" | "span"> | null {
  for (const { file, valueText, value, name } of all) {
    // What proxymap(8) may open is no use of it.
    if (!value.includes("proxy:") || name.startsWith("proxy_")) continue;
    const element = splitList(valueText).elements.find(({ text }) => text.startsWith("proxy:"));
    if (element !== undefined) return { file, span: element.span };
  }
  return null;
}
