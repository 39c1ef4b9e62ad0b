import { addressAt } from "@postmaster/core/features/route/address-at.ts";
import { decisionPlace } from "@postmaster/core/features/route/decision-place.ts";
import { routeLines } from "@postmaster/core/features/route/route-lines.ts";
import { routeMarkdown } from "@postmaster/core/features/route/route-markdown.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { findRoute } from "@postmaster/core/model/route/find-route.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import type { CancellationToken, Hover } from "vscode-languageserver";
import { stopIfCancelled } from "../failure.ts";
import { markup } from "../markup.ts";
import type { RouteParameters, RouteResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import type { Snapshot } from "../snapshots.ts";
import { wholeConfiguration } from "../whole-configuration.ts";

/** Where the mail to the address under an offset of a configuration file would go; null without an address or a main.cf. */
export async function routeHover(
  session: Session,
  { context, isWhole, lines }: Snapshot,
  offset: number,
): Promise<Hover | null> {
  if (!isWhole || context.document.kind === "client") return null;
  const found = addressAt(context.document.file.text, offset);
  if (found === null) return null;
  const route = await routeOf(session, context.server, found.address, null);
  return { contents: markup(session.client, routeMarkdown(route)), range: lines.rangeOf(found.span) };
}

/** The same in words, for the configuration that any document belongs to. */
export async function onRoute(
  session: Session,
  { uri, recipient, sender }: RouteParameters,
  token: CancellationToken,
): Promise<RouteResult> {
  const { server } = await wholeConfiguration(session, uri, token);
  stopIfCancelled(token);
  if (server === null) return { problem: "There is no main.cf that this document belongs to.", lines: [] };
  const route = await routeOf(session, server, recipient, sender);
  stopIfCancelled(token);
  const lines = routeLines(route).map(({ kind, label, text, decision }) => {
    const place = decision === null ? null : decisionPlace(decision);
    return {
      kind,
      label,
      text: visibleText(text),
      parameter: decision?.parameter ?? null,
      place: place === null || decision?.file === null ? null : { uri: decision?.file.uri ?? "", line: place.line - 1 },
    };
  });
  return { problem: null, lines };
}

function routeOf(session: Session, server: MailServer, recipient: string, sender: string | null) {
  const { patternMatcher } = session;
  // Users' homes are outside of what an editor reads.
  const context = { server, service: null, patternMatcher, answerFor: () => null, files: null };
  return findRoute(context, { recipient, sender, service: null });
}
