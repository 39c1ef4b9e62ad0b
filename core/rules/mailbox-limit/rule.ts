import { effectiveValue, ownText, type ValueOwner } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { parseInteger } from "../../syntax/value/number.ts";
import { editOffer } from "../edit-offer.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";

/** The delivery agents and the limit of each; 0 is no limit. */
const LIMITS = [
  { program: "local", limit: "mailbox_size_limit" },
  { program: "virtual", limit: "virtual_mailbox_limit" },
] as const;

export const mailboxLimit: Rule = {
  id: "mailbox-limit",
  title: "A mailbox that must be smaller than a message may be",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html#mailbox_size_limit",
  check: (server) =>
    onceEach(
      LIMITS.flatMap(({ program, limit }) => {
        const services = server.master === null ? [null] : servicesRunning(server, program);
        return services.flatMap((service) => compare(server, service, limit));
      }),
    ),
};

function compare(server: MailServer, service: MasterService | null, limit: string): readonly RuleProblem[] {
  const mailbox = effectiveValue(server, limit, service);
  const message = effectiveValue(server, "message_size_limit", service);
  const most = parseInteger(mailbox.expanded ?? "");
  const size = parseInteger(message.expanded ?? "");
  if (most === null || size === null || most <= 0 || (size > 0 && size <= most)) return [];
  if (mailbox.owner === null && !isUsed(server, limit)) return [];
  // Both defaults fit; whoever broke that wrote at least one of them.
  const owner = mailbox.owner ?? message.owner;
  if (owner === null) return [];
  const what = size === 0 ? "is limited but message_size_limit is unlimited" : "is smaller than message_size_limit";
  const isOwn = mailbox.owner !== null && size > 0;
  const fix = {
    id: "mailbox-limit/raise",
    title: `Raise ${limit} to ${size}, as large as a message may be`,
    safety: "review",
    cost: "Mailboxes may grow to that size.",
    reload: true,
  } as const;
  const span = valueSpan(owner);
  return [
    {
      file: owner.file,
      span,
      message: `${limit} ${what}: the delivery agent does not start, and mail stays in the queue.`,
      postfix: `configuration error: ${limit} ${what}`,
      fixes: isOwn ? [editOffer(server, fix, owner.file, [{ span, newText: String(size) }])] : [],
    },
  ];
}

/** Without a limit of its own virtual(8) matters only where it delivers; local(8) always has the system's own users. */
function isUsed(server: MailServer, limit: string): boolean {
  if (limit === "mailbox_size_limit") return true;
  const domains = effectiveValue(server, "virtual_mailbox_domains").expanded ?? "";
  const transport = effectiveValue(server, "virtual_transport").expanded ?? "";
  return domains !== "" && transport.split(":", 1)[0] === "virtual";
}

function valueSpan(owner: ValueOwner): { readonly start: number; readonly end: number } {
  const { origin } = ownText(owner);
  const { start, end } = owner.kind === "main" ? owner.definition.valueSpan : owner.override.valueSpan;
  return end > start ? { start, end } : { start: origin, end: origin };
}
