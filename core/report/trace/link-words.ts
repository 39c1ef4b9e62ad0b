import { visibleText } from "../../text/visible-text.ts";
import type { AbsentMail } from "../../trace/absent-mails.ts";
import type { LinkKind } from "../../trace/links.ts";

/** How a mail came of another, in words that the other's queue id follows. */
export const LINK_WORDS: Readonly<Record<LinkKind, string>> = {
  "queued as": "queued as this by the next hop, from",
  "forwarded as": "forwarded as an alias says, from",
  notification: "a notification about",
  "message-id": "same message-id as",
};

/** What is missing where these logs have no line of a queue file that a mail led to; plain text, harmless. */
export function absentWords({ queueId, kind, relay }: AbsentMail): string {
  switch (kind) {
    case "queued as":
      return visibleText(
        `the lines of ${queueId}, as which the next hop on this machine queued it: ${relay ?? "unknown"}`,
      );
    case "forwarded as":
      return visibleText(`the lines of ${queueId}, as which an alias forwarded it`);
    default:
      return visibleText(`the lines of ${queueId}, the notification about it`);
  }
}
