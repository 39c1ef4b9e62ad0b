import type { AfterStep } from "../../fixes/fix-offer.ts";
import { tableSteps } from "../../fixes/table-steps.ts";
import type { SourceFile } from "../../io/file-port.ts";
import { textIn } from "../../io/text-in.ts";
import { effectiveValue, expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import { lowerAscii } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { assignments } from "../assignments.ts";
import { deliveryServices } from "../delivery-services.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { isRead, oncePerTree } from "../once-per-tree.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { suggestFrom } from "../suggest.ts";

export const unknownTransport: Rule = {
  id: "unknown-transport",
  title: "A transport that master.cf does not have",
  severity: "error",
  manualUrl: "https://www.postfix.org/transport.5.html",
  check: (server, context) => {
    const services = deliveryServices(server);
    if (services === null) return [];
    const nearest = suggestFrom([...services.keys()]);
    return onceEach(
      [...inSettings(server, context), ...inTables(server)].flatMap(({ file, span, name, written, after = RELOAD }) => {
        if (name === "" || services.has(name)) return [];
        const shown = nameInMessage(name);
        const near = nearest(name);
        const fix = {
          id: "unknown-transport/rename",
          title: `Write ${near ?? ""}, which master.cf has, for ${shown}`,
          safety: "review",
          cost: "Whether that is the service you mean only you know.",
          reload: true,
          after,
        } as const;
        return [
          {
            file,
            span,
            message: `master.cf has no service ${shown} (unix, private): mail for this transport waits, and comes back when its time is over.`,
            postfix: printable(`connect to transport private/${name}: No such file or directory`, file.encoding),
            fixes: near === null || !written ? [] : [editOffer(server, fix, file, [{ span, newText: near }])],
          },
        ];
      }),
    );
  },
};

const RELOAD: readonly AfterStep[] = [{ kind: "reload" }];

interface NamedTransport {
  readonly file: SourceFile;
  readonly span: Span;
  readonly name: string;
  /** It stands there as it is, no `$name` in it. */
  readonly written: boolean;
  /** What has to happen for another name to be read, where that is more than a reload. */
  readonly after?: readonly AfterStep[];
}

function inSettings(server: MailServer, { postfixVersion }: RuleContext): readonly NamedTransport[] {
  return assignments(server).flatMap(({ file, service, name, value, valueSpan }) => {
    if (knownParameter(server, name, postfixVersion)?.kind !== "transport_nexthop") return [];
    // What another setting says is looked at where it says it.
    if (value.startsWith("$")) return [];
    const transport = transportIn(expandIn(server, service, value) ?? "");
    const written = value.startsWith(transport) && !value.slice(0, transport.length).includes("$");
    const end = written ? valueSpan.start + transport.length : valueSpan.end;
    return [{ file, span: { start: valueSpan.start, end }, name: transport, written }];
  });
}

const MAPS = [
  "transport_maps",
  "sender_dependent_default_transport_maps",
  "mailbox_transport_maps",
  "fallback_transport_maps",
];

/** Rules of a table that are looked at: a keystroke must not read a million lines. */
const MOST_RULES = 20_000;

/** Of each table each name once, in its first line. */
function inTables(server: MailServer): readonly NamedTransport[] {
  const services = [null, ...(server.master?.tree.services ?? []).filter(({ overrides }) => overrides.length > 0)];
  const values = new Set(
    services.flatMap((service) => MAPS.map((name) => effectiveValue(server, name, service).expanded ?? "")),
  );
  const specs = new Set([...values].flatMap((value) => tablesIn(value).map(specOf)));
  return [...specs].flatMap((spec) => {
    const table = server.tables.get(spec);
    if (table === undefined || !isRead(table.content)) return [];
    const { file } = table.content;
    return namedIn(table.content).map((one) => ({ ...one, file, after: tableSteps(table) }));
  });
}

const namedIn = oncePerTree((content): readonly Omit<NamedTransport, "file">[] => {
  if (content.kind === "cidr") return [];
  const { file } = content;
  const found = new Map<string, Omit<NamedTransport, "file">>();
  const rules =
    content.kind === "indexed"
      ? indexedValues(content.tree.firstRules(MOST_RULES))
      : patternValues(content.tree.rules.slice(0, MOST_RULES));
  for (const { text, span } of rules) {
    const name = transportIn(text);
    if (name === "" || found.has(name) || lowerAscii(name) === "dunno" || name.includes("$")) continue;
    const start = span.start;
    const own = { start, end: start + name.length };
    const isThere = textIn(file, own) === name;
    found.set(name, { name, written: isThere, span: isThere ? own : span });
  }
  return [...found.values()];
});

interface PlacedText {
  readonly text: string;
  readonly span: Span;
}

function* indexedValues(rules: readonly { readonly value: string; readonly valueSpan: Span }[]): Generator<PlacedText> {
  for (const { value, valueSpan } of rules) yield { text: value, span: valueSpan };
}

function* patternValues(
  rules: readonly { readonly kind: string; readonly replacement: string; readonly replacementSpan: Span }[],
): Generator<PlacedText> {
  for (const { kind, replacement, replacementSpan } of rules) {
    if (kind === "pattern") yield { text: replacement, span: replacementSpan };
  }
}

/** `smtp` of `smtp:[host]:25`; empty where the transport is left as it is. */
function transportIn(text: string): string {
  const colon = text.indexOf(":");
  return (colon === -1 ? text : text.slice(0, colon)).trim();
}
