import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { Copies } from "./blind-copies.ts";
import type { Transport, TransportChoice } from "./choose-transport.ts";
import type { Decision, PlacedValue, Undecided } from "./decision.ts";
import type { Expansion, ExpansionEnd } from "./expand-recipient.ts";
import type { FollowedAlias } from "./follow-alias.ts";
import type { LocalDelivery } from "./local-delivery.ts";
import type { RecipientCheck } from "./recipient-check.ts";
import type { RewriteReason } from "./rewrite-address.ts";

/** What is asked: where would a mail for this address go? */
export interface RouteRequest {
  /** As a client would give it in RCPT TO, without angle brackets. */
  readonly recipient: string;
  /** Envelope sender; empty for a notification, null if nobody said. Some tables depend on it. */
  readonly sender: string | null;
  /** The service of master.cf that takes the mail in, such as `submission`; null: the first smtpd. */
  readonly service: string | null;
}

/** What one smtpd and its cleanup make of the recipients. */
export interface RouteStage {
  /** Null where master.cf names no smtpd. */
  readonly service: MasterService | null;
  /** `no_address_mappings` in receive_override_options: canonical and virtual tables are not asked here. */
  readonly unmapped: Decision | null;
  /** Only of the first stage: the address as it was given, and what it became. */
  readonly rewritten: { readonly from: string; readonly to: string; readonly reasons: readonly RewriteReason[] } | null;
  readonly expansions: readonly Expansion[];
  /** The copies that cleanup(8) adds; they are among the addresses, expanded likewise. */
  readonly copies: Copies;
  readonly addresses: readonly string[];
  readonly end: ExpansionEnd | null;
  /** Where all mail of this stage goes first; null without a content filter. */
  readonly filter: TransportChoice | null;
}

/** Where one final address goes. */
export interface RouteDestination {
  readonly address: string;
  /** The address as it is delivered, routing operators resolved; null if that cannot be told. */
  readonly recipient: string | null;
  readonly transport: Transport;
  /** Null where the transport cannot be told. */
  readonly delivery: RouteDelivery | null;
  readonly check: RecipientCheck;
  /** Where an alias, a `.forward` file or luser_relay leads, all further aliases and lists followed; null for other recipients. The addresses at its ends are destinations of their own. */
  readonly followed: FollowedAlias | null;
}

export interface RouteDelivery {
  readonly transport: string;
  readonly nexthop: string;
  /** The transport's entry in master.cf; null: there is none, and mail for it waits. */
  readonly service: MasterService | null;
  /** What local(8) does with it; null for other agents. */
  readonly local: LocalDelivery | null;
  /** What the transport does with it that local(8) passes it on to (`mailbox_transport`, `fallback_transport`); null: it does not, or not surely. */
  readonly passed: RouteDelivery | null;
  /** Where mail goes that no host takes: `smtp_fallback_relay`, `lmtp_fallback_relay`. */
  readonly fallback: PlacedValue | null;
  /** The mailbox virtual(8) writes to; null for other agents. */
  readonly mailbox: { readonly path: string; readonly decision: Decision } | Undecided | null;
}

/** Everything that happens to a mail on its way, in order. */
export interface MailRoute {
  readonly request: RouteRequest;
  /** The first takes the mail from outside; a second one takes it back from the content filter. */
  readonly stages: readonly RouteStage[];
  readonly destinations: readonly RouteDestination[];
}
