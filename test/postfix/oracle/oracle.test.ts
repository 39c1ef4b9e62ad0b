import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, suite, test } from "node:test";
import { checkFilesWithPatterns } from "../../rules/check-files.ts";
import { startEngine } from "../../rules/engine.ts";
import { type Asked, askPostfix } from "./ask-postfix.ts";
import { fixtureCases, mutationCases } from "./cases.ts";
import { type ScratchPostfix, startScratchPostfix } from "./scratch-postfix.ts";
import { postfixWords } from "./words.ts";

const tableTypes = execFileSync("postconf", ["-m"], { encoding: "utf8" }).trim().split("\n");
/** The Postfix that is installed here is the one to ask, whichever it is. */
const RELEASE = execFileSync("postconf", ["-d", "-h", "mail_version"], { encoding: "utf8" }).trim();
const engine = startEngine();

interface Verdict {
  readonly name: string;
  readonly right: readonly string[];
  readonly missed: readonly string[];
  readonly invented: readonly string[];
}

/**
 * Nobody is asked here who says it: trivial-rewrite(8) when it resolves an address, qmgr(8) and smtp(8) when mail is delivered, smtpd(8) when logins are switched
 * on or a table answers, postfix-script when Postfix is started, and an IPv6 network is looked at when such a client comes. test/proof hears it for each of these rules.
 */
const NOT_HEARD: ReadonlySet<string> = new Set([
  "two-address-classes/bad.main.cf",
  "two-address-classes/relay.main.cf",
  "wrapper-mode/relayhost.main.cf",
  "network-host-bits/six.main.cf",
  "inline-table/bad.main.cf",
  "login-socket/no-path.main.cf",
  "missing-service/bad",
  "no-plain-login/client.main.cf",
  "no-plain-login/server.main.cf",
  "relay-loop/loopback",
  "relay-loop/own-name",
  "unknown-action/bad",
  "unknown-transport/bad",
]);

/** Speaks of $config_directory, which is /etc/postfix for a copy that somebody looks at, and the scratch folder for the Postfix that runs there. */
const ELSEWHERE: ReadonlySet<string> = new Set(["missing-table-type/folder.main.cf"]);

/**
 * What is said here is no fault of theirs: the scratch folder's proxymap(8) may open its own tables only, and virtual(8) is asked although the mail goes to another
 * transport. test/postfix/route plays such tables.
 */
const SAID_HERE_ONLY: ReadonlySet<string> = new Set([
  "forbidden-substitution/elsewhere",
  "forbidden-substitution/proxied",
]);

/** What Postfix says from 3.9 on of each file in UTF-16 before it says what is wrong there, which is what the one finding of such a file quotes. */
const SAID_BEFORE = { of: "text-in-utf16/", words: "text after null byte may be ignored" };

async function judge({ one, directory, files, said }: Asked): Promise<Verdict> {
  const found = await checkFilesWithPatterns(files, engine, { version: RELEASE, directory, tableTypes });
  const ours = new Set(found.flatMap(({ postfix }) => (postfix === null ? [] : [postfixWords(postfix)])));
  return {
    name: one.name,
    right: [...said].filter((words) => ours.has(words)),
    missed: [...said].filter(
      (words) => !ours.has(words) && !(one.name.startsWith(SAID_BEFORE.of) && words === SAID_BEFORE.words),
    ),
    invented: [...ours].filter((words) => !said.has(words)),
  };
}

suite("what Postfix says of a configuration is what the rules say", () => {
  let postfix: ScratchPostfix;
  before(async () => {
    postfix = await startScratchPostfix();
  });
  after(() => Promise.all([postfix.stop(), engine.close()]));

  test("fixtures of the rules, and bad values for every parameter", async (context) => {
    const cases = [...fixtureCases(RELEASE), ...mutationCases(RELEASE)].filter(
      ({ name }) => !NOT_HEARD.has(name) && !ELSEWHERE.has(name) && !SAID_HERE_ONLY.has(name),
    );
    const verdicts = await Promise.all((await askPostfix(postfix, cases)).map(judge));
    const count = (kind: "right" | "missed" | "invented"): number =>
      verdicts.reduce((sum, one) => sum + one[kind].length, 0);
    context.diagnostic(
      `${cases.length} configurations: ${count("right")} true, ${count("missed")} missed, ${count("invented")} invented`,
    );
    assert.deepEqual(
      verdicts
        .filter(({ missed, invented }) => missed.length + invented.length > 0)
        .map(({ name, missed, invented }) => ({ name, missed, invented })),
      [],
    );
  });
});
