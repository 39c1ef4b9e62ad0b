/** `own`: an address of one of this server's domains, used by a client that is not logged in. */
export type SenderKind = "foreign" | "own";

/** The address classes of ADDRESS_CLASS_README; `foreign` is none of them: accepting it is relaying. */
export type RecipientKind = "foreign" | "local" | "virtual-alias" | "virtual-mailbox" | "relay";

/** A kind of request by a stranger: a client outside `mynetworks`, not logged in, without a known certificate. */
export interface StrangerRequest {
  readonly sender: SenderKind;
  readonly recipient: RecipientKind;
}

const SENDERS: readonly SenderKind[] = ["foreign", "own"];
const RECIPIENTS: readonly RecipientKind[] = ["foreign", "local", "virtual-alias", "virtual-mailbox", "relay"];

/** Every kind of request whose admission a fix must not widen unsaid. */
export const STRANGER_REQUESTS: readonly StrangerRequest[] = SENDERS.flatMap((sender) =>
  RECIPIENTS.map((recipient) => ({ sender, recipient })),
);
