import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConfigPlace } from "@postmaster/core/features/config/config-documents.ts";
import { definition, highlights, references } from "@postmaster/core/features/config/navigation.ts";
import { prepareRename, rename } from "@postmaster/core/features/config/rename.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { FOLDER, marked } from "./a-context.ts";

const MAIN = `my_domain = example.com
myhostname = mail.$my_domain
smtpd_restriction_classes = strict
strict = reject_non_fqdn_sender, check_policy_service unix:private/policy
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
virtual_transport = dovecot:x
dovecot_destination_recipient_limit = 1
transport_maps = hash:/etc/postfix/transport
`;
const MASTER = `smtp      inet  n  -  y  -  -  smtpd
  -o smtpd_sender_restrictions=strict,reject
  -o myorigin=\${my_domain}
dovecot   unix  -  n  n  -  -  pipe user=x argv=/bin/true
policy    unix  -  n  n  -  0  spawn user=nobody argv=/usr/bin/policyd
`;
const FILES = {
  "main.cf": MAIN,
  "master.cf": MASTER,
  senders: "example.com  strict\nexample.net  permit,\n  strict\nexample.org FILTER dovecot:y\n",
  transport: "lists.example.com  dovecot:\nother.example  smtp:dovecot\n",
};

/** The files with a cursor before the first `word` of one of them. */
function cursorAt(name: keyof typeof FILES, word: string): Readonly<Record<string, string>> {
  const text = FILES[name];
  const at = text.indexOf(word);
  assert.notEqual(at, -1);
  return { ...FILES, [name]: `${text.slice(0, at)}|${text.slice(at)}` };
}

/** `main.cf:3 strict` */
function shown(places: readonly ConfigPlace[]): readonly string[] {
  return places.map(({ path, file, span }) => {
    const text = file?.text ?? "";
    const line = text.slice(0, span.start).split("\n").length;
    return `${path.slice(FOLDER.length + 1)}:${line} ${text.slice(span.start, span.end)}`.trimEnd();
  });
}

async function definedAt(name: keyof typeof FILES, word: string): Promise<readonly string[]> {
  const { context, offset } = await marked(cursorAt(name, word));
  return shown(definition(context, offset));
}

async function named(name: keyof typeof FILES, word: string, withDefinitions = true): Promise<readonly string[]> {
  const { context, offset } = await marked(cursorAt(name, word));
  return shown(references(context, offset, withDefinitions));
}

async function renamed(
  name: keyof typeof FILES,
  word: string,
  newName: string,
): Promise<Readonly<Record<string, string>> | string> {
  const { context, offset } = await marked(cursorAt(name, word));
  const result = rename(context, offset, newName);
  if (!result.ok) return result.reason;
  return Object.fromEntries(
    result.files.map(({ file, edits }) => [file.path.slice(FOLDER.length + 1), applyEdits(file.text, edits)]),
  );
}

test("names lead to where they are defined", async () => {
  assert.deepEqual(await definedAt("main.cf", "my_domain\nsmtpd"), ["main.cf:1 my_domain"]);
  assert.deepEqual(await definedAt("master.cf", "my_domain}"), ["main.cf:1 my_domain"]);
  assert.deepEqual(await definedAt("master.cf", "strict,"), ["main.cf:4 strict"]);
  assert.deepEqual(await definedAt("senders", "strict"), ["main.cf:4 strict"]);
  assert.deepEqual(await definedAt("main.cf", "/etc/postfix/senders"), ["senders:1"]);
  assert.deepEqual(await definedAt("main.cf", "dovecot:x"), ["master.cf:4 dovecot"]);
  assert.deepEqual(await definedAt("main.cf", "policy\n"), ["master.cf:5 policy"]);
  assert.deepEqual(await definedAt("transport", "dovecot:"), ["master.cf:4 dovecot"]);
  assert.deepEqual(await definedAt("main.cf", "reject_non_fqdn_sender"), []);
});

test("references are found in main.cf, master.cf and the tables", async () => {
  assert.deepEqual(await named("main.cf", "strict = "), [
    "main.cf:3 strict",
    "main.cf:4 strict",
    "master.cf:2 strict",
    "senders:1 strict",
    "senders:3 strict",
  ]);
  assert.deepEqual(await named("main.cf", "my_domain =", false), ["main.cf:2 my_domain", "master.cf:3 my_domain"]);
  assert.deepEqual(await named("master.cf", "dovecot  "), [
    "main.cf:6 dovecot",
    "main.cf:7 dovecot",
    "master.cf:4 dovecot",
    "senders:4 dovecot",
    "transport:1 dovecot",
  ]);
  assert.deepEqual(await named("transport", "lists"), ["main.cf:8 hash:/etc/postfix/transport"]);
});

test("highlights stay in their document", async () => {
  const { context, offset } = await marked(cursorAt("main.cf", "strict = "));
  const found = highlights(context, offset).map(({ span, isDefinition }) => [
    MAIN.slice(span.start, span.end),
    isDefinition,
  ]);
  assert.deepEqual(found, [
    ["strict", false],
    ["strict", true],
  ]);
});

test("a class is renamed wherever it is named", async () => {
  const files = await renamed("senders", "strict", "careful");
  assert.ok(typeof files !== "string");
  assert.deepEqual(Object.keys(files), ["main.cf", "master.cf", "senders"]);
  assert.equal(files["main.cf"], MAIN.replaceAll("strict\nstrict", "careful\ncareful"));
  assert.equal(files["senders"], FILES.senders.replaceAll("strict", "careful"));
});

test("a service takes its own parameters and its sockets along", async () => {
  const files = await renamed("master.cf", "dovecot", "mailboxes");
  assert.ok(typeof files !== "string");
  assert.equal(files["main.cf"], MAIN.replaceAll("dovecot", "mailboxes"));
  assert.equal(
    files["transport"],
    "lists.example.com  mailboxes:\nother.example  smtp:dovecot\n",
    "a host of that name stays",
  );
  const policy = await renamed("master.cf", "policy  ", "greylist");
  assert.ok(typeof policy !== "string");
  assert.match(policy["main.cf"] ?? "", /unix:private\/greylist/);
});

test("what is Postfix's own keeps its name, and no name is taken twice", async () => {
  const refused = async (name: keyof typeof FILES, word: string) => {
    const { context, offset } = await marked(cursorAt(name, word));
    const result = prepareRename(context, offset);
    return result.ok ? `${result.name} may be renamed` : result.reason;
  };
  assert.match(await refused("main.cf", "myhostname"), /parameter of Postfix/);
  assert.match(await refused("main.cf", "reject_non"), /restriction of Postfix/);
  assert.match(await refused("master.cf", "smtp "), /a port/);
  assert.match(await refused("main.cf", "/etc/postfix/senders"), /rename the file/);
  assert.match(await refused("master.cf", "argv"), /no name here/);
  assert.equal(await refused("main.cf", "my_domain"), "my_domain may be renamed");
  assert.match(JSON.stringify(await renamed("main.cf", "my_domain", "mydomain")), /parameter of Postfix/);
  assert.match(JSON.stringify(await renamed("main.cf", "my_domain", "strict")), /defined already/);
  assert.match(JSON.stringify(await renamed("main.cf", "my_domain", "a b")), /letters, digits/);
  assert.match(JSON.stringify(await renamed("master.cf", "dovecot", "local")), /already/);
});
