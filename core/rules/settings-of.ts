import { effectiveValue } from "../model/effective.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { parseBoolean } from "../syntax/value/boolean.ts";
import { trimAscii } from "../text/ascii.ts";
import { type Assignment, assignmentsByName } from "./assignments.ts";

/** What a service sees in a parameter, expanded; empty where it has no value. */
export function textFor(server: MailServer, service: MasterService | null, name: string): string {
  return trimAscii(effectiveValue(server, name, service).expanded ?? "");
}

/** Whether a switch is certainly on for a service. */
export function isOn(server: MailServer, service: MasterService | null, name: string): boolean {
  return parseBoolean(textFor(server, service, name)) === true;
}

/** Where a service has a setting from: its own line, else main.cf; null: a default. */
export function settingFor(server: MailServer, service: MasterService | null, name: string): Assignment | null {
  const all = assignmentsByName(server).get(name) ?? [];
  return (
    all.find((one) => service !== null && one.service === service) ?? all.find((one) => one.service === null) ?? null
  );
}
