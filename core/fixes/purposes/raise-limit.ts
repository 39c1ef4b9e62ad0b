import { effectiveValue } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { servicesOfTag } from "../../model/services.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import { setOverride } from "../../syntax/master-cf/edit-master-cf.ts";
import { parseInteger } from "../../syntax/value/number.ts";
import { requiredArgument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import type { FileEdit } from "../fix-offer.ts";
import { parameterToAdd } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** The largest number Postfix's integer parameters hold. */
const LARGEST = 2147483647;
/** What Postfix has built in, for lines without a configuration at hand: the limits this purpose is for are 1000 since they exist. */
const USUAL_LIMIT = 1000;

/** local(8) and virtual(8) do not start where a mailbox may hold less than one message may be; 0 is no limit. */
const MAILBOX_LIMITS = ["mailbox_size_limit", "virtual_mailbox_limit"];

/** Sets a limit above what it is now, where the service that complained reads it. */
export function raiseLimit(request: FixRequest): readonly Proposal[] {
  const parameter = requiredArgument(request, "parameter");
  const { server, origin } = request.context;
  if (server === null) return parameterToAdd(parameter, String(above(USUAL_LIMIT)));

  const program = origin.program;
  const daemon = program === null ? "" : program.slice(program.lastIndexOf("/") + 1);
  const services = servicesOfTag(server, program, daemon);
  const values = services.map((service) => effectiveValue(server, parameter, service));
  const numbers = values.map((value) => (value.expanded === null ? null : parseInteger(value.expanded)));
  const present = Math.max(...numbers.map((number) => number ?? 0));
  if (numbers.includes(null)) return withheld(`The present value of ${parameter} is not a number: correct it first.`);
  const limit = above(present);
  if (limit > LARGEST) return withheld(`${parameter} is at the largest number Postfix knows already.`);
  const smaller = parameter === "message_size_limit" ? mailboxLimitBelow(server, limit) : null;
  if (smaller !== null)
    return withheld(
      `${smaller} is less than ${limit} bytes, and Postfix delivers to no mailbox that may hold less than a message: raise it first.`,
    );

  const files: FileEdit[] = [];
  const places: string[] = [];
  let inMain = false;
  for (const [index, service] of services.entries()) {
    const overridden = values[index]?.owner?.kind === "override";
    if (overridden && service !== null && server.master !== null) {
      const result = setOverride(server.master.tree, service, parameter, String(limit));
      if (!result.ok) return withheld(`master.cf: ${REFUSAL_WORDS[result.reason]}.`);
      files.push({ file: server.master.file, edits: result.edits });
      places.push(`-o of ${service.name} in master.cf, which overrides main.cf`);
    } else if (!inMain) {
      inMain = true;
      const result = setParameter(server.main.tree, parameter, String(limit));
      if (!result.ok) return withheld(`main.cf: ${REFUSAL_WORDS[result.reason]}.`);
      files.push({ file: server.main.file, edits: result.edits });
      places.push("main.cf");
    }
  }
  const detail = `${parameter} = ${limit} (now ${present}), ${places.join(" and ")}`;
  return [{ kind: "edit", files, detail, after: [{ kind: "reload" }] }];
}

function mailboxLimitBelow(server: MailServer, limit: number): string | null {
  const isBelow = (name: string): boolean => {
    const { expanded } = effectiveValue(server, name, null);
    const size = expanded === null ? null : parseInteger(expanded);
    return size !== null && size > 0 && size < limit;
  };
  return MAILBOX_LIMITS.find(isBelow) ?? null;
}

/** Half as much again, rounded up to a number that looks meant: 1000 becomes 1500, 1500 becomes 2500. */
function above(present: number): number {
  const wanted = Math.max(1, present) * 1.5;
  const step = Math.max(1, 10 ** (String(Math.floor(wanted)).length - 1) / 2);
  return Math.ceil(wanted / step) * step;
}
