import { baseName } from "../../model/paths.ts";
import type { MailRoute } from "../../model/route/mail-route.ts";
import { codeSpan, escapeMarkdown } from "../../text/escape-markdown.ts";
import { decisionPlace } from "./decision-place.ts";
import type { RouteLine } from "./route-line.ts";
import { routeLines } from "./route-lines.ts";

/** A hover holds a glance, not a list of a hundred recipients. */
const MOST_LINES = 20;

/** A route as Markdown, everything that comes from files made harmless. */
export function routeMarkdown(route: MailRoute): string {
  const lines = routeLines(route);
  const shown = lines.slice(0, MOST_LINES).map(lineMarkdown);
  const more = lines.length > MOST_LINES ? [`- … and ${lines.length - MOST_LINES} more`] : [];
  return [`**Where a mail to ${codeSpan(route.request.recipient)} would go**`, "", ...shown, ...more].join("\n");
}

function lineMarkdown({ kind, label, text, decision }: RouteLine): string {
  if (kind === "recipient") return `- **→ ${codeSpan(text)}**`;
  const place = decision === null ? null : decisionPlace(decision);
  const where =
    decision === null
      ? ""
      : place === null
        ? decision.parameter
        : `${decision.parameter}, ${baseName(place.path)}:${place.line}`;
  const head = kind === "problem" ? `**${label}**` : label;
  return `- ${head}: ${escapeMarkdown(text)}${where === "" ? "" : ` · ${codeSpan(where)}`}`;
}
