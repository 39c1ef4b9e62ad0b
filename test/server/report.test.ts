import assert from "node:assert/strict";
import { appendFile, readFile, rename } from "node:fs/promises";
import { suite, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { startClient } from "./client.ts";
import { scratchFolder } from "./scratch.ts";

const SMALL_DAY = fileURLToPath(new URL("../core/report/log/small-day.log", import.meta.url));

suite("reports for an editor", () => {
  test("a log is read from disk, and its numbers open their lines", async () => {
    await using client = await startClient();
    const uris = [pathToFileURL(SMALL_DAY).href];
    const report = await client.ask("postmaster/report", { id: "1", uris });
    assert.match(report?.html ?? "", /<h1>Report of [^<]*small-day\.log<\/h1>/);
    const queries = [...(report?.html ?? "").matchAll(/data-action="lines" data-argument="([^"]*)"/g)];
    assert.ok(queries.length > 20);
    const deferred = queries
      .map(([, query]) => (query ?? "").replaceAll("&quot;", '"'))
      .find((query) => query.includes('"deferred"'));
    const found = await client.ask("postmaster/reportLines", { id: "2", uris, query: deferred ?? "" });
    assert.equal(found?.total, 2);
    assert.deepEqual(
      found?.lines.map(({ uri, line }) => [uri, line]),
      [
        [uris[0], 13],
        [uris[0], 15],
      ],
    );
    assert.match(found?.lines[0]?.text ?? "", /status=deferred/);
  });

  test("every number of a report that counts lines opens as many", async () => {
    await using client = await startClient();
    const uris = [pathToFileURL(SMALL_DAY).href];
    const report = await client.ask("postmaster/report", { id: "1", uris });
    const buttons = (report?.html ?? "").matchAll(
      /data-argument="([^"]*)" aria-label="[^"]*?,? (\d+): show the lines"/g,
    );
    let asked = 0;
    for (const [, query = "", count] of buttons) {
      const argument = query.replaceAll("&quot;", '"');
      // Mails are counted where lines are found: each attempt, each time that the queue manager takes a mail up.
      if (argument.includes('"field":"sender"') || argument.includes('"event":"deferred","entry":null')) continue;
      const found = await client.ask("postmaster/reportLines", { id: "2", uris, query: argument });
      assert.equal(found?.total, Number(count), argument);
      asked += 1;
    }
    assert.ok(asked > 10);
  });

  test("a compressed log, a log that was never saved, and one that is gone", async () => {
    const log = await readFile(SMALL_DAY);
    await using scratch = await scratchFolder({ "mail.log.1.gz": gzipSync(log) });
    await using client = await startClient();
    await client.open("untitled:Untitled-1", "postfix-log", log.toString("utf8"));
    for (const uri of [scratch.uri("mail.log.1.gz"), "untitled:Untitled-1"]) {
      const report = await client.ask("postmaster/report", { id: uri, uris: [uri] });
      assert.match(report?.html ?? "", />Bounced<\/dt><dd><span class="number"><button[^>]*>1<\/button>/);
    }
    const gone = await client.ask("postmaster/report", { id: "4", uris: [scratch.uri("mail.log")] });
    assert.match(gone?.html ?? "", /mail\.log: no such file/);
  });

  test("a report that nobody waits for any more is given up", async () => {
    await using client = await startClient();
    const uris = [pathToFileURL(SMALL_DAY).href];
    await assert.rejects(client.askAndCancel("postmaster/report", { id: "1", uris }), /cancel/i);
  });

  test("a query that is none finds nothing", async () => {
    await using client = await startClient();
    const uris = [pathToFileURL(SMALL_DAY).href];
    for (const query of ["", "[]", "7", '{"field":"sender"}', "{"]) {
      const found = await client.ask("postmaster/reportLines", { id: "1", uris, query });
      assert.ok(found === null || found.total === 0, query);
    }
  });
});

suite("the report of a growing log", () => {
  const connect = (second: number): string =>
    `2026-11-09T10:00:0${second}Z mail postfix/smtpd[1]: connect from a.example[192.0.2.1]\n`;

  test("follows it across rotation, counts each line once, and ends with its view", async () => {
    await using scratch = await scratchFolder({ "mail.log": connect(1) });
    await using client = await startClient();
    const id = "live";
    const uris = [scratch.uri("mail.log")];
    const connections = (html: string): string =>
      />Connections<\/dt><dd><span class="number">(?:<button[^>]*>)?(\d+)/.exec(html)?.[1] ?? "";
    const first = await client.ask("postmaster/report", { id, uris });
    assert.equal(connections(first?.html ?? ""), "1");

    await appendFile(scratch.path("mail.log"), connect(2) + connect(3).slice(0, 40));
    assert.equal(connections(await client.reportChanged()), "2");
    await appendFile(scratch.path("mail.log"), connect(3).slice(40));
    assert.equal(connections(await client.reportChanged()), "3");
    await rename(scratch.path("mail.log"), scratch.path("mail.log.1"));
    await scratch.write("mail.log", connect(4));
    const rotated = await client.reportChanged();
    assert.equal(connections(rotated), "4");
    assert.match(rotated, /before it was rotated/);
    await client.closeReport(id);
  });
});
