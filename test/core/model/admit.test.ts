import assert from "node:assert/strict";
import test from "node:test";
import { admissionContext } from "@postmaster/core/model/admission/admission-context.ts";
import { type AdmissionReport, admit } from "@postmaster/core/model/admission/admit.ts";
import { parseAssumption } from "@postmaster/core/model/admission/assumptions.ts";
import { chooseService } from "@postmaster/core/model/admission/choose-service.ts";
import { proveRelay } from "@postmaster/core/model/admission/relay-proof.ts";
import type { AdmissionSession } from "@postmaster/core/model/admission/session.ts";
import { stepPlaces } from "@postmaster/core/model/admission/step-places.ts";
import { whoRefused } from "@postmaster/core/model/admission/who-refused.ts";
import { textOf } from "@postmaster/core/text/span.ts";
import { aServer } from "./a-server.ts";
import { plainPatterns } from "./plain-patterns.ts";

const STRANGER: AdmissionSession = {
  clientAddress: "192.0.2.1",
  clientName: "mail.stranger.example",
  reverseName: null,
  helo: "mail.stranger.example",
  sender: "x@stranger.example",
  recipient: "anna@example.com",
  login: null,
  tls: false,
};

interface Asking {
  readonly main: string;
  readonly tables?: Readonly<Record<string, string>>;
  readonly session?: Partial<AdmissionSession>;
  readonly told?: readonly string[];
}

async function contextOf({ main, tables = {}, session = {}, told = [] }: Asking) {
  const base = "mydestination = example.com\nlocal_recipient_maps = inline:{anna=x}\nmynetworks = 127.0.0.1\n";
  const server = await aServer({ "main.cf": base + main, ...tables });
  const assumptions = told.flatMap((text) => parseAssumption(text) ?? []);
  assert.equal(assumptions.length, told.length);
  const lookups = { server, service: null, patternMatcher: plainPatterns, answerFor: () => null };
  return admissionContext(lookups, { ...STRANGER, ...session }, assumptions);
}

async function ask(asking: Asking): Promise<AdmissionReport> {
  return admit(await contextOf(asking));
}

/** The verdict, with a question mark if something unknown may change it, and the step that decided. */
function brief({ verdict, isCertain, decidedBy }: AdmissionReport): string {
  return `${verdict}${isCertain ? "" : "?"} ${decidedBy?.name ?? ""}`.trimEnd();
}

const RELAY = "smtpd_relay_restrictions = reject_unauth_destination\n";

test("what is unknown makes a verdict uncertain only if it could change it", async () => {
  const lists: readonly (readonly [string, string])[] = [
    ["smtpd_client_restrictions = reject_rbl_client bl.example\n", "accepted?"],
    ["smtpd_client_restrictions = warn_if_reject reject_rbl_client bl.example\n", "accepted"],
    ["smtpd_client_restrictions = permit, reject_rbl_client bl.example\n", "accepted"],
    ["smtpd_client_restrictions = permit_dnswl_client wl.example\n", "accepted"],
    ["smtpd_client_restrictions = reject_rbl_client bl.example, reject\n", "rejected reject"],
    ["smtpd_client_restrictions = permit_dnswl_client wl.example, reject\n", "rejected? reject"],
    ["smtpd_client_restrictions = reject, permit_dnswl_client wl.example\n", "rejected reject"],
    [
      "smtpd_client_restrictions = check_policy_service inet:x:1\nsmtpd_helo_restrictions = reject\n",
      "rejected reject",
    ],
    ["smtpd_client_restrictions = check_client_access hash:/srv/t\n", "accepted?"],
    ["smtpd_recipient_restrictions = defer_if_permit\n", "deferred defer_if_permit"],
    ["smtpd_recipient_restrictions = check_policy_service inet:x:1, defer_if_permit\n", "deferred? defer_if_permit"],
  ];
  for (const [list, expected] of lists) assert.equal(brief(await ask({ main: RELAY + list })), expected, list);
});

test("what is told counts, for all or for one argument", async () => {
  const main = `${RELAY}smtpd_client_restrictions = reject_rbl_client a.example=127.0.0.2, reject_rbl_client b.example\n`;
  assert.equal(brief(await ask({ main, told: ["reject_rbl_client=pass"] })), "accepted");
  const listed = await ask({ main, told: ["reject_rbl_client=pass", "reject_rbl_client b.example=reject"] });
  assert.equal(listed.reply?.text, "Service unavailable; Client host [192.0.2.1] blocked using b.example");
  const policy = `${RELAY}smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:7777\n`;
  const grey = await ask({ main: policy, told: ["check_policy_service=DEFER_IF_PERMIT 4.7.1 come again"] });
  assert.deepEqual(grey.reply, {
    code: 450,
    enhanced: "4.7.1",
    text: "<anna@example.com>: Recipient address rejected: come again",
  });
  const users = `${RELAY}virtual_mailbox_domains = box.example\nvirtual_mailbox_maps = mysql:/etc/postfix/users.cf\n`;
  const box = { main: users, session: { recipient: "bert@box.example" } };
  assert.equal(brief(await ask(box)), "accepted?");
  assert.equal(brief(await ask({ ...box, told: ["mysql:/etc/postfix/users.cf bert@box.example=bert/"] })), "accepted");
  const gone = await ask({ ...box, told: ["mysql:/etc/postfix/users.cf=none"] });
  assert.equal(
    gone.reply?.text,
    "<bert@box.example>: Recipient address rejected: User unknown in virtual mailbox table",
  );
});

test("the deciding line is the restriction's, the table's entry, or the setting's", async () => {
  const places = async (asking: Asking): Promise<readonly string[]> => {
    const { decidedBy } = await ask(asking);
    return decidedBy === null ? [] : stepPlaces(decidedBy).map(({ file, span }) => textOf(file.text, span).trim());
  };
  const table = `${RELAY}smtpd_sender_restrictions =\n  permit_mynetworks\n  check_sender_access hash:/etc/postfix/senders\n`;
  assert.deepEqual(await places({ main: table, tables: { senders: "a OK\nstranger.example REJECT\n" } }), [
    "check_sender_access",
    "stranger.example REJECT",
  ]);
  assert.deepEqual(await places({ main: RELAY, session: { recipient: "x@other.example" } }), [
    "reject_unauth_destination",
  ]);
  assert.deepEqual(await places({ main: RELAY, session: { recipient: "bert@example.com" } }), ["local_recipient_maps"]);
});

test("what a log shows leads to the step that said it", async () => {
  const main =
    `${RELAY}smtpd_client_restrictions = check_client_access inline:{{192.0.2.1=OK}}, reject\n` +
    "smtpd_recipient_restrictions = reject_rbl_client bl.example, check_policy_service inet:127.0.0.1:7777, reject_non_fqdn_sender\n";
  const context = await contextOf({ main });
  const said = async (text: string): Promise<string> => {
    const found = await whoRefused(context, { text });
    return found === null ? "nobody" : `${found.isGuess ? "perhaps " : ""}${found.step.name}`;
  };
  assert.equal(
    await said("Service unavailable; Client host [192.0.2.1] blocked using bl.example; see https://bl.example/x"),
    "reject_rbl_client bl.example",
  );
  assert.equal(
    await said("mail.stranger.example[192.0.2.1]: Client host rejected: Access denied"),
    "perhaps check_policy_service inet:127.0.0.1:7777",
  );
  assert.equal(await said("<mail.stranger.example[192.0.2.1]>: Client host rejected: Access denied"), "reject");
});

test("an open relay is proved, service by service", async () => {
  const server = await aServer({
    "main.cf": `mynetworks = 127.0.0.1\n${RELAY}smtpd_recipient_restrictions = check_policy_service inet:x:1\n`,
    "master.cf": [
      "smtp inet n - y - - smtpd",
      "submission inet n - y - - smtpd\n  -o { smtpd_relay_restrictions = permit_sasl_authenticated, reject }",
      "10025 inet n - y - - smtpd\n  -o { smtpd_relay_restrictions = check_client_access hash:/etc/postfix/c, reject_unauth_destination }",
      "10026 inet n - y - - smtpd\n  -o { smtpd_relay_restrictions = permit, reject }",
      // A permit of the client list ends that list, and lets nobody past the others.
      "10027 inet n - y - - smtpd\n  -o { smtpd_client_restrictions = check_client_access hash:/etc/postfix/c }\n  -o { smtpd_relay_restrictions = check_client_access hash:/etc/postfix/c, reject_unauth_destination }",
    ].join("\n"),
    c: "192.0.2.9 OK\n",
  });
  const proofs = proveRelay(server).map(({ service, verdict, closedBy, doors }) => {
    const by = closedBy === null ? doors.map(({ step }) => step.name).join() : closedBy.step.name;
    return `${service?.name ?? ""} ${verdict} ${by}`;
  });
  assert.deepEqual(proofs, [
    "smtp closed reject_unauth_destination",
    "submission closed reject",
    "10025 maybe check_policy_service,check_client_access",
    "10026 open check_policy_service,permit",
    "10027 maybe check_policy_service,check_client_access",
  ]);
});

test("the service that is meant", async () => {
  const master = "25 inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd\n127.0.0.1:10025 inet n - y - - smtpd\n";
  const server = await aServer({ "main.cf": "", "master.cf": master });
  const nameOf = (name: string | null): string | null => {
    const service = chooseService(server, name);
    return service === "none" ? "none" : (service?.name ?? null);
  };
  assert.deepEqual([nameOf(null), nameOf("10025"), nameOf("submission")], ["smtpd", "127.0.0.1:10025", "none"]);
});
