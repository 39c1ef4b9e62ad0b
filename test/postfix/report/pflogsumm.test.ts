import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeLog } from "../../../bench/log/write-log.ts";
import { dig } from "../../cli/json-values.ts";
import { postmaster } from "../../cli/run-cli.ts";

/** The rows of pflogsumm's grand totals by their name; large counts come in thousands (`70192` is exact, `123k` is not). */
function totalsOf(text: string): ReadonlyMap<string, number> {
  const rows = text.matchAll(/^ +(\d+) {2,}([a-z]+)/gm);
  return new Map([...rows].map(([, count, name]) => [name ?? "", Number(count)]));
}

test("delivered, forwarded, deferred, bounced and rejected are what pflogsumm counts", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "postmaster-pflogsumm-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, "mail.log");
  await writeLog(log, 3_000_000);
  const theirs = spawnSync("pflogsumm", [log], { encoding: "utf8" });
  assert.equal(theirs.status, 0, theirs.stderr);
  const totals = totalsOf(theirs.stdout);
  const ours: unknown = JSON.parse((await postmaster(["report", log, "--json", "-"])).out);
  // Not "received": pflogsumm does not know tags such as postfix/10025/smtpd, where a content filter gives mail back.
  for (const name of ["delivered", "forwarded", "bounced", "rejected"]) {
    assert.equal(dig(ours, "totals", name), totals.get(name), name);
    assert.ok((totals.get(name) ?? 0) > 0, `${name} occurs`);
  }
  assert.equal(dig(ours, "totals", "deferred", "mails"), totals.get("deferred"));
});
