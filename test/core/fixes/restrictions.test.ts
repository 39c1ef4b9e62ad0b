import assert from "node:assert/strict";
import test from "node:test";
import type { FixContext } from "@postmaster/core/fixes/fix-context.ts";
import { aServer } from "../model/a-server.ts";
import { memoryFile } from "../model/memory-files.ts";
import { type Asking, edited, offerFor, whyWithheld } from "./an-offer.ts";

const WORD = "reject_sender_login_mismatch";
const remove: Asking = { purpose: "remove-restriction", with: { restriction: WORD }, atLeast: "risky" };

const MAIN = `smtpd_relay_restrictions = reject_unauth_destination
smtpd_sender_login_maps = hash:/etc/postfix/logins
smtpd_restriction_classes = own
own = ${WORD}
checks = permit_mynetworks, Reject_Sender_Login_Mismatch
smtpd_sender_restrictions = $checks,
# why
    reject_unlisted_sender
smtpd_recipient_restrictions =
    warn_if_reject ${WORD}
    check_policy_service inet:127.0.0.1:7777
    reject_unauth_destination
`;
const MASTER = `smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o smtpd_sender_restrictions=${WORD},reject
`;

test("out of every list, in any case, with its warn_if_reject", async () => {
  const server = await aServer({ "main.cf": MAIN, "master.cf": MASTER });
  const offer = await offerFor({ ...remove, context: { server } });
  const { "main.cf": main = "", "master.cf": master = "" } = edited(offer);
  assert.equal(
    main,
    MAIN.replace(`own = ${WORD}`, "own =")
      .replace(", Reject_Sender_Login_Mismatch", "")
      .replace(`    warn_if_reject ${WORD}\n`, ""),
  );
  assert.equal(master, MASTER.replace(`${WORD},reject`, "reject"));
  assert.match(offer.cost, /under one of your own sender addresses/);
});

test("replaced in the same places by the milder one, which strangers meet just the same", async () => {
  const server = await aServer({ "main.cf": MAIN, "master.cf": MASTER });
  const milder = "reject_unauthenticated_sender_login_mismatch";
  const offer = await offerFor({
    purpose: "replace-restriction",
    with: { from: WORD, to: milder },
    atLeast: "review",
    context: { server },
  });
  assert.equal(edited(offer)["main.cf"], MAIN.replaceAll(new RegExp(WORD, "gi"), milder));
  assert.equal(offer.safety, "review");
});

test("what is in no list, or comes out of an expression, is not touched", async () => {
  const none = await aServer({ "main.cf": "smtpd_sender_restrictions = reject_unlisted_sender\n" });
  assert.match(whyWithheld(await offerFor({ ...remove, context: { server: none } })), /in no list/);
  const mixed = await aServer({ "main.cf": `smtpd_sender_restrictions = \${smtpd_sasl_path?{permit ${WORD}}:{}}\n` });
  assert.match(
    whyWithheld(await offerFor({ ...remove, context: { server: mixed } })),
    /larger expression in smtpd_sender_restrictions/,
  );
});

const SETTINGS = "from libs.default_settings import *\nplugins = ['greylisting']\nvmail_db_password = 'secret'\n";

function instead(server: FixContext["server"], settings: string | null) {
  const iredapd = settings === null ? null : memoryFile("/srv/iredapd/settings.py", settings);
  return offerFor({
    purpose: "iredapd-plugin-instead",
    with: { plugin: WORD, restriction: WORD },
    atLeast: "review",
    context: { server, iredapd },
  });
}

const GUARDED = MASTER.replace("${WORD},reject", `${WORD},check_policy_service,inet:127.0.0.1:7777`);

test("the plug-in on and the restriction out, in one operation that lets nobody in", async () => {
  const offer = await instead(await aServer({ "main.cf": MAIN, "master.cf": GUARDED }), SETTINGS);
  const files = edited(offer);
  assert.match(files["settings.py"] ?? "", /plugins = \['greylisting', ["']reject_sender_login_mismatch["']\]/);
  assert.ok(!new RegExp(WORD, "i").test((files["main.cf"] ?? "") + (files["master.cf"] ?? "")));
  assert.equal(offer.safety, "review");
  assert.deepEqual(offer.after, [{ kind: "restart", service: "iredapd" }, { kind: "reload" }]);
  assert.ok(!offer.commands.join("\n").includes("secret"));
});

test("a plug-in that is on already is said, and iRedAPD stays as it is", async () => {
  const offer = await instead(await aServer({ "main.cf": MAIN }), SETTINGS.replace("greylisting", WORD));
  assert.deepEqual(Object.keys(edited(offer)), ["main.cf"]);
  assert.match(offer.title, /on in settings\.py already/);
  assert.deepEqual(offer.after, [{ kind: "reload" }]);
});

test("a service that never asks iRedAPD would lose its check", async () => {
  const master = MASTER.replace("  -o", "  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject\n  -o");
  assert.match(
    whyWithheld(await instead(await aServer({ "main.cf": MAIN, "master.cf": master }), SETTINGS)),
    /does not ask iRedAPD .* in the service submission/,
  );
  assert.match(
    whyWithheld(await instead(await aServer({ "main.cf": MAIN }), `${SETTINGS}listen_port = '7778'\n`)),
    /port 7778/,
  );
  assert.match(whyWithheld(await instead(await aServer({ "main.cf": MAIN }), null)), /settings\.py was not found/);
});

function own(
  logins: string,
  login: string | null,
  main = "smtpd_sender_login_maps = hash:/etc/postfix/logins\n",
  answers = {},
) {
  return aServer({ "main.cf": main, logins }).then((server) =>
    offerFor({
      purpose: "add-login-owner",
      with: { sender: "{sender}", login: "{user}" },
      values: { sender: "sales@example.com", ...(login === null ? {} : { user: login }) },
      context: { server, answers },
      atLeast: "review",
    }),
  );
}

test("another owner for an address, a new entry, or the owners of the shorter key too", async () => {
  const add = async (before: string) =>
    (edited(await own(before, "anna@example.com"))["logins"] ?? "").replaceAll("\t", " ");
  assert.equal(await add("Sales@Example.com  bob\n"), "Sales@Example.com  bob, anna@example.com\n");
  assert.equal(await add("sales@example.com bob,\n  carla\n"), "sales@example.com bob,  carla, anna@example.com\n");
  assert.equal(await add("bob@example.com bob"), "bob@example.com bob\nsales@example.com anna@example.com\n");
  assert.equal(await add("@example.com bob\n"), "@example.com bob\nsales@example.com bob, anna@example.com\n");
});

test("no second time, no database, nothing that is no login", async () => {
  assert.match(
    whyWithheld(await own("sales@example.com ANNA@example.com\n", "anna@example.com")),
    /owns the address already, by line 1/,
  );
  const database = "smtpd_sender_login_maps = proxy:mysql:/etc/postfix/logins.cf\n";
  assert.match(
    whyWithheld(await own("", "anna@example.com", database)),
    /mysql:\/etc\/postfix\/logins\.cf, not a text file/,
  );
  for (const hostile of ["a b", "a\nroot x", "x,y@example.com", '"x"@example.com', "a@b@c"]) {
    assert.match(whyWithheld(await own("", hostile)), /not a login/, hostile);
  }
});

test("a line without the login asks for it", async () => {
  const asked = await own("", null);
  assert.equal(asked.kind === "ask" ? asked.question.id : "", "login");
  const answered = await own("", null, undefined, { login: "anna@example.com" });
  assert.match(edited(answered)["logins"] ?? "", /^sales@example\.com\s+anna@example\.com\n$/);
});
