import assert from "node:assert/strict";
import test from "node:test";
import { addressKeys, clientKeys, emailKeys, lookUpAccess } from "@postmaster/core/model/lookup/access-keys.ts";
import { findAddress } from "@postmaster/core/model/lookup/find-address.ts";
import { mapsOf } from "@postmaster/core/model/lookup/find-in-maps.ts";
import { isLocalDomain } from "@postmaster/core/model/lookup/local-domain.ts";
import { type LookupContext, lookUp } from "@postmaster/core/model/lookup/look-up.ts";
import type { LookupResult } from "@postmaster/core/model/lookup/lookup-result.ts";
import { type ListSubject, matchList } from "@postmaster/core/model/lookup/match-list.ts";
import { askedFor } from "@postmaster/core/model/lookup/without-groups.ts";
import { aServer } from "./a-server.ts";
import { plainPatterns } from "./plain-patterns.ts";

async function asking(main: string, tables: Readonly<Record<string, string>> = {}): Promise<LookupContext> {
  const server = await aServer({ "main.cf": main, ...tables });
  return { server, service: null, patternMatcher: plainPatterns, answerFor: () => null };
}

function said(result: LookupResult): string {
  return result.kind === "found" ? result.value : result.kind;
}

test("the keys of a client, name before address", async () => {
  const parents = await asking("");
  assert.deepEqual(
    clientKeys(parents, "mx.example.org", "192.0.2.1").map(({ key }) => key),
    ["mx.example.org", "example.org", "org", "192.0.2.1", "192.0.2", "192.0", "192"],
  );
  const dotted = await asking("parent_domain_matches_subdomains =\n");
  assert.deepEqual(
    clientKeys(dotted, "mx.example.org", "192.0.2.1")
      .map(({ key }) => key)
      .slice(0, 3),
    ["mx.example.org", ".example.org", ".org"],
  );
  assert.deepEqual(
    addressKeys("2001:db8::1").map(({ key }) => key),
    ["2001:db8::1", "2001:db8:", "2001:db8", "2001"],
  );
});

test("the keys of a mail address", async () => {
  const context = await asking("recipient_delimiter = +-\n");
  const keys = (address: string): string =>
    emailKeys(context, address)
      .map(({ key }) => key)
      .join(" ");
  assert.equal(
    keys("anna+x@sub.example.com"),
    "anna+x@sub.example.com anna@sub.example.com sub.example.com example.com com anna+x@ anna@",
  );
  assert.equal(keys("anna@[192.0.2.1]"), "anna@[192.0.2.1] [192.0.2.1] 0.2.1] 2.1] 1] anna@");
  assert.equal(keys("owner-list@example.com"), "owner-list@example.com example.com com owner-list@");
  assert.equal(keys("list-request@example.com"), "list-request@example.com example.com com list-request@");
  assert.equal(keys("postmaster@example.com"), "postmaster@example.com example.com com postmaster@");
  assert.equal(keys(""), "<>");
  assert.equal(keys("nobody"), "");
});

test("an access table answers for the first key it has, and says where", async () => {
  const main =
    "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders, check_sender_access pcre:/etc/postfix/p\n";
  const senders = "# who may not\n\nexample.com REJECT\nanna@example.com OK\n  really\nspam@ DISCARD\n";
  const context = await asking(main, { senders, p: "/^example\\.com$/ REJECT\n/^(.*)@example\\.com$/ WARN $1\n" });
  const ask = (table: string, address: string) => lookUpAccess(context, table, emailKeys(context, address));
  const anna = await ask("hash:/etc/postfix/senders", "Anna@example.com");
  assert.deepEqual([said(anna.result), anna.key], ["OK  really", "Anna@example.com"]);
  assert.equal(anna.result.kind === "found" ? anna.result.place.line : 0, 4);
  assert.equal((await ask("hash:/etc/postfix/senders", "bob@mx.example.com")).key, "example.com");
  assert.equal(said((await ask("hash:/etc/postfix/senders", "spam@example.org")).result), "DISCARD");
  // Patterns are asked for the whole address only.
  assert.equal(said((await ask("pcre:/etc/postfix/p", "bob@example.com")).result), "WARN bob");
  assert.equal(said((await ask("pcre:/etc/postfix/p", "@example.com")).result), "WARN ");
  assert.equal(said((await ask("pcre:{ {/^example\\.com$/ REJECT} }", "bob@example.com")).result), "not-found");
});

test("what nobody can see is unknown, never absent", async () => {
  const main =
    "t = hash:/etc/postfix/none, hash:/srv/other/t, mysql:/etc/postfix/sql.cf, pcre:/etc/postfix/p, fail:x\n";
  const context = await asking(main, { p: "/undecidable/ OK\n/a/ REJECT\n" });
  const answers = [];
  for (const table of mapsOf(context, "t")) answers.push((await lookUp(context, table, "a")).kind);
  assert.deepEqual(answers, ["unknown", "unknown", "unknown", "unknown", "failed"]);
  const told: LookupContext = {
    ...context,
    answerFor: (table, key) => (table === "mysql:/etc/postfix/sql.cf" && key === "a" ? { kind: "not-found" } : null),
  };
  assert.equal((await lookUp(told, "proxy:mysql:/etc/postfix/sql.cf", "a")).kind, "not-found");
});

test("tables that are written in the list itself", async () => {
  const ask = async (table: string, key: string): Promise<string> => {
    const context = await asking(`t = ${table}\n`);
    return said(await lookUp(context, table, key));
  };
  assert.equal(await ask("inline:{ a=1, a=2 }", "a"), "2", "the last of several");
  assert.equal(await ask("inline:{ a=1 b }", "a"), "failed", "an entry that Postfix cannot read spoils all");
  assert.equal(await ask("unionmap:{ static:x, inline:{a=1} }", "a"), "x,1");
  assert.equal(await ask("unionmap:{ static:x, fail:y }", "a"), "failed", "one that fails fails all");
  assert.equal(await ask("pipemap:{ inline:{a=b}, inline:{b=c} }", "a"), "c");
  const networks = "cidr:{ {!192.0.2.0/24 OUT} {0.0.0.0/0 IN} }";
  assert.equal(await ask(networks, "198.51.100.1"), "OUT");
  assert.equal(await ask(networks, "192.0.2.1"), "IN");
  assert.equal(await ask(networks, "2001:db8::1"), "not-found", "not even ! reaches the other family");
});

test("a file that is missing is missing on its own server, and unknown in a copy", async () => {
  const main = "t = texthash:/etc/postfix/none\n";
  const where = async (directory?: string) => {
    const server = await aServer({ "main.cf": main }, directory === undefined ? {} : { directory });
    const context = { server, service: null, patternMatcher: plainPatterns, answerFor: () => null };
    return (await lookUp(context, "texthash:/etc/postfix/none", "a")).kind;
  };
  assert.deepEqual([await where(), await where("/etc/postfix")], ["unknown", "failed"]);
});

test("an address in tables of addresses", async () => {
  const context = await asking("mydestination = example.com\nrecipient_delimiter = +\nt = hash:/etc/postfix/t\n", {
    t: "anna anna\n@example.com all\nbob@example.com bob\n@example.org org\nlow@example.org x\n",
  });
  const find = async (address: string): Promise<string> => {
    const { result, key } = await findAddress(context, mapsOf(context, "t"), address);
    return `${said(result)} ${key ?? ""}`;
  };
  assert.equal(await find("anna+x@example.com"), "anna anna");
  assert.equal(await find("bob+x@example.com"), "bob bob@example.com");
  assert.equal(await find("carl@example.com"), "all @example.com");
  // Local parts alone are looked up for local domains only.
  assert.equal(await find("anna@example.org"), "org @example.org");
  assert.equal(await find("anna@example.net"), "not-found ");
});

test("an entry of a later table is seen past a table that cannot be asked, if only its existence matters", async () => {
  const context = await asking("t = mysql:/etc/postfix/sql.cf, hash:/etc/postfix/t\n", { t: "anna@example.org x\n" });
  const find = async (address: string, existence: boolean) =>
    (await findAddress(context, mapsOf(context, "t"), address, { existence })).result.kind;
  assert.equal(await find("anna@example.org", false), "unknown");
  assert.equal(await find("anna@example.org", true), "found");
  assert.equal(await find("bob@example.org", true), "unknown");
});

test("match lists", async () => {
  const main =
    "list = !192.0.2.66, 192.0.2.0/24, !not.example.com, .example.com, example.org, [2001:db8::]/32, hash:/etc/postfix/t\n" +
    "mynetworks = $list\nodd = 10.0.0.1/8\nmixed = mysql:/etc/postfix/s, a\n";
  const context = await asking(main, { t: "10 x\n10.1.1.1 x\nexample.net x\n" });
  const ask = async (parameter: string, subject: ListSubject) => (await matchList(context, parameter, subject)).kind;
  assert.equal(await ask("list", { address: "192.0.2.66" }), "excluded");
  assert.equal(await ask("list", { address: "192.0.2.1" }), "listed");
  assert.equal(await ask("list", { address: "2001:db8::1" }), "listed");
  assert.equal(await ask("list", { address: "10.1.1.1" }), "listed");
  assert.equal(await ask("list", { address: "10.1.1.2" }), "not-listed");
  assert.equal(await ask("list", { host: "mx.example.com" }), "listed");
  assert.equal(await ask("list", { host: "not.example.com" }), "excluded");
  assert.equal(await ask("list", { host: "example.com" }), "not-listed");
  assert.equal(await ask("list", { host: "mx.example.org" }), "not-listed");
  assert.equal(await ask("mynetworks", { host: "mx.example.org" }), "listed");
  assert.equal(await ask("mynetworks", { host: "mx.example.net", address: "10.0.0.9" }), "listed");
  assert.equal(await ask("odd", { address: "10.0.0.9" }), "failed");
  assert.equal(await ask("mixed", { text: "A" }), "listed");
  assert.equal(await ask("mixed", { text: "b" }), "unknown");
});

test("a list may name a file of patterns", async () => {
  const main = "relay_domains = a.example, !/etc/postfix/not, /etc/postfix/more, /srv/elsewhere\n";
  const context = await asking(main, { not: "x.example\n", more: "# b.example\nx.example c.example\n  d.example\n" });
  const ask = (host: string) => matchList(context, "relay_domains", { host });
  assert.equal((await ask("x.example")).kind, "excluded");
  assert.equal((await ask("b.example")).kind, "unknown", "the last file lies outside the copy");
  const found = await ask("sub.d.example");
  assert.ok(found.kind === "listed");
  assert.deepEqual([found.place?.file?.path.endsWith("/more"), found.place?.line], [true, 3]);
});

test("whose domain it is", async () => {
  const context = await asking(
    "mydestination = $myhostname, localhost\nmyhostname = mx.example.com\ninet_interfaces = 192.0.2.1\n",
  );
  const kind = async (domain: string) => (await isLocalDomain(context, domain)).kind;
  assert.equal(await kind("MX.example.com."), "listed");
  assert.equal(await kind("example.com"), "not-listed");
  assert.equal(await kind("[192.0.2.1]"), "own-address");
  assert.equal(await kind("[192.0.2.2]"), "not-listed");
  const all = await asking("inet_interfaces = all\nmydestination =\n");
  assert.equal((await isLocalDomain(all, "[192.0.2.2]")).kind, "maybe-own-address");
  assert.equal((await isLocalDomain(all, "[127.0.0.1]")).kind, "own-address");
});

test("where a stranger must have no say a rule with a group does not count, unless proxymap opens its table", async () => {
  const context = await asking("transport_maps = pcre:/etc/postfix/hops proxy:pcre:/etc/postfix/hops\n", {
    hops: "/^(.*)@far$/ smtp:$1\n/^.*@near$/ smtp:near\n",
  });
  const ask = async (parameter: string, table: string, key: string): Promise<string> =>
    said(await lookUp(askedFor(context, parameter), table, key));
  assert.equal(await ask("transport_maps", "pcre:/etc/postfix/hops", "a@far"), "not-found");
  assert.equal(await ask("transport_maps", "pcre:/etc/postfix/hops", "a@near"), "smtp:near");
  assert.equal(await ask("transport_maps", "proxy:pcre:/etc/postfix/hops", "a@far"), "smtp:a");
  assert.equal(await ask("alias_maps", "proxy:pcre:/etc/postfix/hops", "a@far"), "not-found");
  assert.equal(await ask("virtual_alias_maps", "pcre:/etc/postfix/hops", "a@far"), "smtp:a");
});
