import type { SourceFile } from "../../io/file-port.ts";
import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { isDigitCode } from "../../text/ascii.ts";
import { type Span, textOf } from "../../text/span.ts";
import { assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

const LISTS: ReadonlySet<string> = new Set(["smtpd_milters", "non_smtpd_milters"]);
const TRANSPORTS: ReadonlySet<string> = new Set(["inet", "unix", "local"]);

export const milterAddress: Rule = {
  id: "milter-address",
  title: "A mail filter at an address that Postfix does not understand",
  severity: "error",
  manualUrl: "https://www.postfix.org/MILTER_README.html#config",
  check: (server) =>
    assignments(server).flatMap(({ file, service, name, valueText }) => {
      if (!LISTS.has(name)) return [];
      return splitList(valueText).elements.flatMap(({ text, content, contentSpan, braced }) => {
        if (text.startsWith("$")) return [];
        const [first] = splitList(joinedText(expandIn(server, service, content) ?? "")).elements;
        if (first === undefined || (first.text === "none" && name === "smtpd_milters")) return [];
        const span = braced ? { start: contentSpan.start, end: contentSpan.start + first.text.length } : contentSpan;
        return problemOf(server, file, span, first.text);
      });
    }),
};

function problemOf(server: MailServer, file: SourceFile, span: Span, address: string): readonly RuleProblem[] {
  const found = mistakeIn(address);
  if (found === null) return [];
  const { says, better } = found;
  const shown = nameInMessage(address);
  const fix = {
    id: "milter-address/write",
    title: `Write ${nameInMessage(better ?? "")} in ${baseName(file.path)}`,
    safety: "review",
    cost: "Mail passes through the filter from now on.",
    reload: true,
  } as const;
  const canEdit = better !== null && textOf(file.text, span) === address;
  return [
    {
      file,
      span,
      message: `${shown} is no address of a filter, which is inet:host:port or unix:path: mail is deferred, or passes unfiltered.`,
      postfix: printable(says, file.encoding),
      fixes: canEdit ? [editOffer(server, fix, file, [{ span, newText: better }])] : [],
    },
  ];
}

function mistakeIn(address: string): { readonly says: string; readonly better: string | null } | null {
  const colon = address.indexOf(":");
  if (colon === -1) {
    const better = address.startsWith("/") ? `unix:${address}` : null;
    return { says: `Milter service needs transport:endpoint instead of "${address}"`, better };
  }
  const transport = address.slice(0, colon);
  const endpoint = address.slice(colon + 1);
  if (!TRANSPORTS.has(transport)) {
    return {
      says: `invalid transport name: ${transport} in Milter service: ${address}`,
      better: withInet(transport, endpoint),
    };
  }
  const at = transport === "inet" ? endpoint.indexOf("@") : -1;
  if (at <= 0 || endpoint.includes(":") || !isNumber(endpoint.slice(0, at))) return null;
  const better = `inet:${endpoint.slice(at + 1)}:${endpoint.slice(0, at)}`;
  return { says: `${endpoint}: garbage after numerical service`, better };
}

/** `tcp:host:port` and `host:port` can mean only one thing. */
function withInet(transport: string, endpoint: string): string | null {
  const word = transport.toLowerCase();
  if (word === "tcp" || word === "inet" || word === "inet6") return `inet:${endpoint}`;
  return isNumber(endpoint) ? `inet:${transport}:${endpoint}` : null;
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}
