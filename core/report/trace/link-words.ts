import type { LinkKind } from "../../trace/links.ts";

/** How a mail came of another, in words that the other's queue id follows. */
export const LINK_WORDS: Readonly<Record<LinkKind, string>> = {
  "queued as": "queued as this by the next hop, from",
  "forwarded as": "forwarded as an alias says, from",
  notification: "a notification about",
  "message-id": "same message-id as",
};
