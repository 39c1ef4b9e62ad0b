import assert from "node:assert/strict";
import test from "node:test";
import { aServer } from "../model/a-server.ts";
import { edited, offerFor, whyWithheld } from "./an-offer.ts";

const RELAY = "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";

interface Case {
  readonly main: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly helo?: string;
  readonly program?: string;
  readonly tableTypes?: ReadonlySet<string>;
}

async function accept({ main, files = {}, helo = "EHSGmbH", program = "postfix/smtpd", tableTypes }: Case) {
  const server = await aServer({ "main.cf": main, ...files });
  return offerFor({
    purpose: "accept-helo",
    with: { helo: "{helo}", before: "reject_non_fqdn_helo_hostname" },
    values: { helo },
    context: { server, tableTypes: tableTypes ?? null },
    program,
    atLeast: "review",
  });
}

const consulting = (table: string): string =>
  `${RELAY}smtpd_helo_restrictions = permit_mynetworks check_helo_access ${table}\n  reject_non_fqdn_helo_hostname\n`;

test("an OK at the top of the table, in the table's own syntax", async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["pcre:/etc/postfix/helo", "# top\n/x/ REJECT\n", "# top\n/^EHSGmbH$/ OK\n/x/ REJECT\n"],
    ["regexp:/etc/postfix/helo", "/x/ REJECT", "/^EHSGmbH$/ OK\n/x/ REJECT"],
    ["hash:$config_directory/helo", "b REJECT\r\n", "ehsgmbh OK\r\nb REJECT\r\n"],
    ["texthash:/etc/postfix/helo", "", "ehsgmbh OK\n"],
  ];
  for (const [table, before, after] of cases) {
    const offer = await accept({ main: consulting(table), files: { helo: before } });
    assert.equal(edited(offer)["helo"]?.replaceAll("\t", " "), after, table);
    assert.equal(offer.safety, "risky");
    assert.match(offer.cost, /Mail from strangers to local users/);
  }
});

test("compiled tables need postmap, the others only a reload", async () => {
  const steps = async (table: string) =>
    (await accept({ main: consulting(table), files: { helo: "a OK\n" } })).commands.slice(1);
  assert.deepEqual(await steps("lmdb:/etc/postfix/helo"), ["postmap lmdb:/etc/postfix/helo", "postfix reload"]);
  assert.deepEqual(await steps("texthash:/etc/postfix/helo"), ["postfix reload"]);
});

test("dots and other signs of a pattern stand for themselves", async () => {
  const offer = await accept({
    main: consulting("pcre:/etc/postfix/helo"),
    files: { helo: "" },
    helo: "mta02.globe[1]",
  });
  assert.match(edited(offer)["helo"] ?? "", /^\/\^mta02\\\.globe\\\[1\\?\]\$\/ OK\n$/);
});

test("where an OK would let strangers relay, nothing is offered", async () => {
  const main =
    "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_helo_access pcre:/etc/postfix/helo, reject_non_fqdn_helo_hostname, reject_unauth_destination\n";
  const offer = await accept({ main, files: { helo: "" } });
  assert.match(whyWithheld(offer), /open relay/);
  // The very same lists with a relay list behind them are no danger.
  assert.equal((await accept({ main: main + RELAY, files: { helo: "" } })).kind, "edit");
});

test("one service without a relay list is enough to withhold it", async () => {
  const master =
    "smtp inet n - n - - smtpd\n2525 inet n - n - - smtpd\n  -o smtpd_relay_restrictions=\n  -o { smtpd_recipient_restrictions = $smtpd_helo_restrictions, reject_unauth_destination }\n";
  const offer = await accept({ main: consulting("pcre:/etc/postfix/helo"), files: { helo: "", "master.cf": master } });
  assert.match(whyWithheld(offer), /open relay/);
});

test("a table consulted too late does not help: the name goes in front of the restriction", async () => {
  const main = `${RELAY}smtpd_helo_restrictions =\n    reject_non_fqdn_helo_hostname,\n    check_helo_access pcre:/etc/postfix/helo\n`;
  const offer = await accept({ main, files: { helo: "" } });
  assert.equal(
    edited(offer)["main.cf"],
    `${RELAY}smtpd_helo_restrictions =\n    check_helo_access inline:{ehsgmbh=OK},\n    reject_non_fqdn_helo_hostname,\n    check_helo_access pcre:/etc/postfix/helo\n`,
  );
  assert.match(offer.title, /helo is consulted only after reject_non_fqdn_helo_hostname/);
});

test("in front of a warn_if_reject of its own, and not for a restriction that only warns", async () => {
  const warned = await accept({
    main: `${RELAY}smtpd_helo_restrictions = warn_if_reject reject_non_fqdn_helo_hostname\n`,
  });
  assert.match(whyWithheld(warned), /stands in no list/);
});

test("the inline table is extended the next time", async () => {
  const main = `${RELAY}smtpd_helo_restrictions = check_helo_access inline:{a=OK} reject_non_fqdn_helo_hostname\n`;
  assert.match(edited(await accept({ main }))["main.cf"] ?? "", /check_helo_access inline:\{ehsgmbh=OK, a=OK\} reject/);
});

test("a build without inline: is told what would work", async () => {
  const main = `${RELAY}smtpd_helo_restrictions = reject_non_fqdn_helo_hostname\n`;
  assert.match(whyWithheld(await accept({ main, tableTypes: new Set(["hash"]) })), /no inline: tables/);
});

test("a name that is accepted already is not added again", async () => {
  const offer = await accept({ main: consulting("pcre:/etc/postfix/helo"), files: { helo: "/^ehsgmbh$/ OK\n" } });
  assert.match(whyWithheld(offer), /line 1 of helo accepts this name already/);
});

test("in a $variable, in a class, in an -o: the edit lands where the list is", async () => {
  const main = `${RELAY}mua = Reject_Non_FQDN_Helo_Hostname\nsmtpd_restriction_classes = strict\nstrict = reject_non_fqdn_hostname\nsmtpd_helo_restrictions = $mua\nsmtpd_client_restrictions = strict\n`;
  const master =
    "smtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n  -o syslog_name=postfix/submission\n  -o smtpd_helo_restrictions=reject_non_fqdn_helo_hostname\n";
  const there = await accept({ main, files: { "master.cf": master } });
  const after = edited(there)["main.cf"] ?? "";
  assert.match(after, /^mua = check_helo_access inline:\{ehsgmbh=OK\}[ ,]+Reject_Non_FQDN_Helo_Hostname$/m);
  assert.match(after, /^strict = check_helo_access inline:\{ehsgmbh=OK\}[ ,]+reject_non_fqdn_hostname$/m);
  const submission = await accept({ main, files: { "master.cf": master }, program: "postfix/submission/smtpd" });
  assert.match(
    edited(submission)["master.cf"] ?? "",
    /-o smtpd_helo_restrictions=check_helo_access,inline:\{ehsgmbh=OK\},reject_non_fqdn_helo_hostname\n/,
  );
});

test("hostile names never reach a file", async () => {
  const hostile = [
    "x$/ OK\n/.*/ OK",
    "",
    "a b",
    "x\u0000y",
    "x\u202ey",
    "ünïcode",
    "wh?t",
    `${"a".repeat(10_000)}.example`,
    "x\r",
  ];
  for (const helo of hostile) {
    for (const table of ["pcre:/etc/postfix/helo", "hash:/etc/postfix/helo"]) {
      const offer = await accept({ main: consulting(table), files: { helo: "" }, helo });
      assert.equal(offer.kind, "withheld", JSON.stringify(helo));
      assert.ok(!/[\u0000-\u001f\u202e]/.test(offer.title));
    }
  }
});

test("odd names of visible characters match themselves only, or are refused", async () => {
  for (const helo of [
    ".*",
    "a|b",
    "a'b",
    'a"b',
    "$x",
    "${1}",
    "a/b",
    "\\",
    "[",
    "(",
    "#x",
    "x:",
    "@x",
    "..",
    "{a}",
    "a=b",
  ]) {
    for (const table of ["pcre:/etc/postfix/helo", "regexp:/etc/postfix/helo", "hash:/etc/postfix/helo"]) {
      const offer = await accept({ main: consulting(table), files: { helo: "/^keep$/ REJECT\n" }, helo });
      if (offer.kind !== "edit") continue;
      const lines = (edited(offer)["helo"] ?? "").split("\n");
      assert.equal(lines.length, 3, helo);
      assert.equal(lines[1], "/^keep$/ REJECT");
      const pattern = /^\/(.*)\/ OK$/.exec(lines[0] ?? "")?.[1];
      if (pattern === undefined || !table.startsWith("pcre")) continue;
      const compiled = new RegExp(pattern.replaceAll("\\/", "/"), "i");
      assert.ok(compiled.test(helo), `${pattern} for ${helo}`);
      for (const other of ["", "x", "ab", `${helo}x`, `x${helo}`])
        assert.ok(other === helo || !compiled.test(other), `${pattern} matches ${other}`);
    }
  }
});
