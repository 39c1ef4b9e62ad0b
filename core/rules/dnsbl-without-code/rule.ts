import type { SourceFile } from "../../io/file-port.ts";
import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { splitList } from "../../syntax/value/list.ts";
import { type Span, textOf } from "../../text/span.ts";
import { assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { smtpdLists } from "../smtpd-lists.ts";
import data from "./known-lists.json" with { type: "json" };

/** What the lists themselves say their answers mean. */
const CODES: ReadonlyMap<string, string> = new Map(Object.entries(data.codes));
const ASKS: ReadonlySet<string> = new Set(data.restrictions);

export const dnsblWithoutCode: Rule = {
  id: "dnsbl-without-code",
  title: "A blocklist of which every answer counts",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html#reject_rbl_client",
  check: (server) => onceEach([...inLists(server), ...ofPostscreen(server)]),
};

function inLists(server: MailServer): readonly RuleProblem[] {
  return smtpdLists(server).flatMap(({ steps }) =>
    steps.flatMap(({ name, argument, words }) => {
      const place = words.at(-1);
      if (!ASKS.has(name) || argument === null || argument.includes("=")) return [];
      if (place === undefined || place.owner === null || place.span === null) return [];
      return [problemOf(server, place.owner.file, place.span, argument)];
    }),
  );
}

function ofPostscreen(server: MailServer): readonly RuleProblem[] {
  return assignments(server).flatMap(({ file, service, name, valueText }) => {
    if (name !== "postscreen_dnsbl_sites") return [];
    return splitList(valueText).elements.flatMap(({ text, content, span }) => {
      // What a name stands for is written elsewhere.
      if (text.startsWith("$")) return [];
      const site = expandIn(server, service, content) ?? "";
      return site === "" || site.includes("=") || site.includes(":") ? [] : [problemOf(server, file, span, site)];
    });
  });
}

/** `site` may end with a weight, `*3`: the code stands before it. */
function problemOf(server: MailServer, file: SourceFile, span: Span, site: string): RuleProblem {
  const star = site.indexOf("*");
  const domain = star === -1 ? site : site.slice(0, star);
  const code = CODES.get(domain.toLowerCase());
  const better = `${domain}=${code ?? ""}${star === -1 ? "" : site.slice(star)}`;
  const fix = {
    id: "dnsbl-without-code/add",
    title: `Write ${nameInMessage(better)} in ${baseName(file.path)}`,
    safety: "review",
    cost: "Only the answers that mean a listing count.",
    reload: true,
  } as const;
  const canEdit = code !== undefined && textOf(file.text, span) === site;
  return {
    file,
    span,
    message: `Every answer of ${nameInMessage(domain)} counts as a listing, an error such as “too many queries” too, and then for everybody: name the codes, such as =127.0.0.2.`,
    fixes: canEdit ? [editOffer(server, fix, file, [{ span, newText: better }])] : [],
  };
}
