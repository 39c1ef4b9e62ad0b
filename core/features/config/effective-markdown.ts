import { effectiveValue, expandIn, type ValueOwner } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isSecretSetting } from "../../syntax/table/parse-client-config.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { truncate } from "../../text/truncate.ts";
import { masterValues } from "./written-values.ts";

/** Longer values say nothing more to a reader. */
const LONGEST = 200;
const MOST_SERVICES = 12;

/**
 * What a parameter is in this configuration, and who sets it: main.cf, the default, and the services that see another value. Secrets
 * are never shown. Empty for a name that has no value anywhere.
 */
export function effectiveMarkdown(server: MailServer, name: string): string {
  const lines = [valueLine(server, name, null)];
  const overriding = new Map<string, MasterService>();
  for (const { parameter, service } of masterValues(server)) {
    if (parameter === name && service !== null) overriding.set(`${service.name} ${service.type}`, service);
  }
  const services = [...overriding.values()];
  for (const service of services.slice(0, MOST_SERVICES)) lines.push(valueLine(server, name, service));
  if (services.length > MOST_SERVICES) lines.push(`and ${services.length - MOST_SERVICES} more services`);
  return lines
    .filter((line) => line !== "")
    .map((line) => `- ${line}`)
    .join("\n");
}

function valueLine(server: MailServer, name: string, service: MasterService | null): string {
  const value = effectiveValue(server, name, service);
  if (value.raw === null) return "";
  const who = service === null ? "In effect" : `For ${codeSpan(service.name)}`;
  const written = shownValue(name, value.raw);
  const isResolved = value.raw.includes("$") && value.expanded !== value.raw;
  const resolved = !isResolved
    ? ""
    : value.expanded === null
      ? ", which Postfix cannot expand"
      : `, that is ${shownValue(name, value.expanded)}`;
  return `${who}: ${written}${resolved} (${ownerText(value.owner)})`;
}

function ownerText(owner: ValueOwner | null): string {
  if (owner === null) return "the default";
  const line = owner.kind === "main" ? owner.definition.line : owner.service.line;
  return owner.kind === "main" ? `main.cf, line ${line}` : `\`-o\` in ${baseName(owner.file.path)}, line ${line}`;
}

/** A value as safe Markdown, secrets left out. */
export function shownValue(name: string, value: string): string {
  if (value === "") return "empty";
  return isSecretSetting(name) ? "set, and not shown" : codeSpan(truncate(oneLine(value), LONGEST));
}

/** White space of continuation lines as one blank. */
export function oneLine(value: string): string {
  return value
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ");
}

/** A default with its `$names` replaced, where that says more than it does as written; else null. */
export function resolvedDefault(server: MailServer, name: string): string | null {
  const raw = server.defaultOf(name);
  if (raw === null || !raw.includes("$")) return null;
  const expanded = expandIn(server, null, raw);
  return expanded === null || expanded === raw ? null : expanded;
}
