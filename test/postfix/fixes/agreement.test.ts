import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { patchCommand } from "@postmaster/core/fixes/patch-command.ts";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";
import { edited, offerFor } from "../../core/fixes/an-offer.ts";
import { aServer } from "../../core/model/a-server.ts";
import { command, postmapQuery, scratchPostfix } from "./scratch-postfix.ts";

const WORKER = new URL("../../../server/host/pattern/worker.ts", import.meta.url);

const PATTERNS: readonly (readonly [string, string])[] = [
  ["^mail\\.example\\.org$", ""],
  ["^mail\\.example\\.org$", "i"],
  ["LOCAL$", ""],
  ["LOCAL$", "i"],
  ["ample", "A"],
  ["mail|ample", "A"],
  ["a.*l", "U"],
  ["m a i l", "x"],
  ["^[^.]+$", ""],
  ["(?!mail)example", "A"],
  ["^(a|b)+$", "ii"],
  ["[[:digit:]]{1,3}", ""],
  ["^\\[?[0-9.]+\\]?$", ""],
  ["\\.$", ""],
  ["(\\.local|\\.lan)$", ""],
  ["^.{3,5}$", "s"],
  ["", ""],
];
const NAMES = [
  "mail.example.org",
  "MAIL.example.ORG",
  "x.local",
  "x.LOCAL",
  "example",
  "mail",
  "[192.0.2.1]",
  "a",
  "abab",
  "mail.",
];

test("the engine agrees with postmap -q wherever it decides", async (context) => {
  const directory = await scratchPostfix(context, { "main.cf": "" });
  const matcher = createPatternMatcher(WORKER, 5000);
  context.after(() => matcher.close());
  let decided = 0;
  for (const type of ["pcre", "regexp"] as const) {
    for (const [pattern, flags] of PATTERNS) {
      if (pattern === "" || (type === "regexp" && /[AUsx]/.test(flags))) continue;
      await writeFile(path.join(directory, "table"), `/${pattern}/${flags} YES\n`);
      const asked = await postmapQuery(directory, `${type}:${directory}/table`, NAMES);
      for (const [index, name] of NAMES.entries()) {
        const answer = await matcher.match(type, pattern, flags, name);
        if (answer === "unknown") continue;
        decided++;
        const postfix = asked[index] === null ? "no-match" : "match";
        assert.equal(answer, postfix, `${type} /${pattern}/${flags} on ${name}`);
      }
    }
  }
  assert.ok(decided > 200, `only ${decided} decided`);
});

test("Postfix reads accepted HELO names as meant, one after the other, in every kind of table", async (context) => {
  const directory = await scratchPostfix(context, { "main.cf": "" });
  const helos = [
    "OFFICEPC7",
    "mta02.example.org",
    "[192.0.2.1]",
    "a_b-c",
    "x+y",
    "a|b",
    ".*",
    "a'b",
    "(x)",
    "#x",
    "$x",
  ];
  for (const type of ["pcre", "regexp", "texthash", "lmdb"]) {
    const main = `smtpd_relay_restrictions = reject_unauth_destination
smtpd_helo_restrictions = check_helo_access ${type}:/etc/postfix/helo reject_unknown_helo_hostname
`;
    let table = type === "pcre" || type === "regexp" ? "/^keep$/ REJECT\n" : "keep REJECT\n";
    const accepted: string[] = [];
    for (const helo of helos) {
      const offer = await offerFor({
        purpose: "accept-helo",
        with: { helo: "{helo}", before: "reject_unknown_helo_hostname" },
        values: { helo },
        context: { server: await aServer({ "main.cf": main, helo: table }) },
        atLeast: "review",
      });
      if (offer.kind !== "edit") continue;
      table = edited(offer)["helo"] ?? "";
      accepted.push(helo);
    }
    await writeFile(path.join(directory, "helo"), table);
    const spec = `${type}:${directory}/helo`;
    if (type === "lmdb") await command("postmap", ["-c", directory, spec]);
    const others = ["other", ...accepted.flatMap((helo) => [`${helo}x`, `x${helo}`])];
    const answers = await postmapQuery(directory, spec, ["keep", ...accepted, ...others]);
    assert.ok(accepted.length > 4, type);
    assert.deepEqual(answers, ["REJECT", ...accepted.map(() => "OK"), ...others.map(() => null)], `${type}\n${table}`);
  }
});

test("postconf -n shows exactly the intended change", async (context) => {
  const main =
    "myhostname = example.com\nmydestination =\n  $myhostname,\n# note\n  localhost\nvirtual_alias_expansion_limit = 1000\n";
  const directory = await scratchPostfix(context, { "main.cf": main });
  const shown = async (text: string): Promise<readonly string[]> => {
    await writeFile(path.join(directory, "main.cf"), text);
    return (await command("postconf", ["-c", directory, "-n"]))
      .split("\n")
      .filter((line) => !line.startsWith("config_directory"));
  };
  const before = await shown(main);
  const server = await aServer({ "main.cf": main });
  const raised = await offerFor({
    purpose: "raise-limit",
    with: { parameter: "virtual_alias_expansion_limit" },
    context: { server },
    program: "postfix/cleanup",
  });
  assert.deepEqual(
    await shown(edited(raised)["main.cf"] ?? ""),
    before.map((line) => line.replace("= 1000", "= 1500")),
  );
  const taken = await offerFor({
    purpose: "remove-from-mydestination",
    with: { domain: "example.com" },
    context: { server },
    atLeast: "review",
  });
  assert.deepEqual(
    await shown(edited(taken)["main.cf"] ?? ""),
    before.map((line) => line.replace("$myhostname, localhost", "localhost")),
  );
});

test("postconf takes the commands and does what the edit does", async (context) => {
  const main =
    "smtpd_helo_restrictions =\n    permit_mynetworks,\n    reject_non_fqdn_helo_hostname\nsmtpd_relay_restrictions = reject_unauth_destination\n";
  const directory = await scratchPostfix(context, { "main.cf": main, "master.cf": "" });
  const server = await aServer({ "main.cf": main });
  const offer = await offerFor({
    purpose: "accept-helo",
    with: { helo: "PC7", before: "reject_non_fqdn_helo_hostname" },
    context: { server },
    atLeast: "review",
  });
  const [postconf = ""] = offer.commands;
  await command("sh", ["-c", postconf.replace("postconf", `postconf -c ${directory}`)]);
  const value = await command("postconf", ["-c", directory, "-h", "smtpd_helo_restrictions"]);
  assert.equal(value, "permit_mynetworks, check_helo_access inline:{pc7=OK}, reject_non_fqdn_helo_hostname\n");
  assert.deepEqual(await postmapQuery(directory, "inline:{pc7=OK}", ["pc7", "pc8"]), ["OK", null]);
});

test("patch(1) makes of a file what the edit makes of it", async (context) => {
  const directory = await scratchPostfix(context, {});
  const cases: readonly (readonly [string, string])[] = [
    ["a\nb\nc\n", "a\nx'\\n$y\nb\nc\n"],
    ["", "new\n"],
    ["one", "zero\none"],
    ["a\tb\r\nc\r\n", "a\tb\r\n#c\r\n"],
    ["1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\nend\n"],
    ["a\nb", "a\nb\n"],
  ];
  for (const [before, after] of cases) {
    for (const lines of [0, 3]) {
      const file = path.join(directory, "file");
      await writeFile(file, before);
      await command("sh", ["-c", patchCommand(file, before, after, lines) ?? "exit 9"]);
      assert.equal(await readFile(file, "utf8"), after, JSON.stringify([before, after, lines]));
    }
  }
});
