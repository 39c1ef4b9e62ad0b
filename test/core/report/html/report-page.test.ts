import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { html } from "../../../../core/report/html/html.ts";
import { standalonePage } from "../../../../core/report/html/standalone-page.ts";
import { reportContent } from "../../../../core/report/log/html/report-content.ts";
import { readQuery } from "../../../../core/report/log/line-query.ts";
import { reportOf, smallDay, tallyOf } from "../log/a-report.ts";
import { type Tag, tagsOf } from "./page-structure.ts";

const named = (tags: readonly Tag[], name: string): readonly Tag[] => tags.filter((tag) => tag.name === name);

suite("the page of a report", () => {
  const report = reportOf(tallyOf(smallDay()));
  const live = reportContent(report, { isLive: true }).html;
  const tags = tagsOf(live);

  test("has one main part, and headings that do not skip a level", () => {
    assert.equal(named(tags, "main").length, 1);
    assert.equal(named(tags, "h1").length, 1);
    let level = 1;
    for (const { name } of tags.filter((tag) => /^h[1-6]$/.test(tag.name))) {
      assert.ok(Number(name[1]) <= level + 1, `${name} behind h${level}`);
      level = Number(name[1]);
    }
  });

  test("every section and every landmark has a name, and every id is there once", () => {
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const { attributes } of named(tags, "section"))
      assert.ok(ids.includes(attributes.get("aria-labelledby") ?? ""));
    for (const { attributes } of named(tags, "nav")) assert.ok(attributes.get("aria-label"));
    for (const { attributes } of named(tags, "a")) assert.ok(ids.includes(attributes.get("href")?.slice(1) ?? ""));
  });

  test("pictures are described or hidden, and each chart has its numbers in a table", () => {
    for (const { attributes } of named(tags, "svg")) assert.equal(attributes.get("aria-hidden"), "true");
    const charts = tags.filter(({ attributes }) => attributes.has("data-chart"));
    assert.equal(charts.length, 2);
    for (const { attributes } of charts) {
      const chart = /"times":\[([\d,]+)\],"step":(\d+),/.exec(
        (attributes.get("data-chart") ?? "").replaceAll("&quot;", '"'),
      );
      const times = (chart?.[1] ?? "").split(",").map(Number);
      const step = Number(chart?.[2]);
      assert.ok(times.length > 1);
      for (const [index, time] of times.entries()) assert.equal(time, (times[0] ?? 0) + index * step);
    }
    for (const { attributes } of named(tags, "figure")) {
      assert.equal(attributes.get("role"), "img");
      assert.match(attributes.get("aria-label") ?? "", /table after it/);
    }
    assert.match(live, /<\/figure><details id="volume-table"><summary>As a table/);
    assert.match(live, /<\/figure><details id="bytes-table"><summary>As a table/);
    assert.match(live, /<td class="number">900 B<\/td><td class="number">1\.9 kB<\/td>/);
  });

  test("of an empty log there is no heading with nothing below it", () => {
    const page = reportContent(reportOf(tallyOf([])), { isLive: true }).html;
    assert.match(page, /<p class="quiet">No lines\. <\/p>/);
    assert.deepEqual(
      named(tagsOf(page), "section").map(({ attributes }) => attributes.get("data-part")),
      ["overview", "news", "problems"],
    );
    assert.doesNotMatch(page, /for good/);
  });

  test("cells of tables are found by the headings of their row and column", () => {
    for (const table of live.split("<table>").slice(1)) {
      const [head = "", body = ""] = table.split("<tbody>");
      assert.match(head, /<th scope="col"/);
      for (const row of body.split("<tr>").slice(1)) assert.equal(row.split('<th scope="row">').length, 2, row);
    }
  });

  test("what can be chosen is a button that says what it does", () => {
    const chosen = tags.filter(({ attributes }) => attributes.has("data-action"));
    assert.ok(chosen.length > 10);
    for (const { name, attributes } of chosen) {
      assert.equal(name, "button");
      assert.equal(attributes.get("type"), "button");
      assert.ok(attributes.get("aria-label") ?? attributes.get("title"));
      const argument = (attributes.get("data-argument") ?? "").replaceAll("&quot;", '"');
      if (attributes.get("data-action") === "lines") assert.ok(readQuery(argument), argument);
    }
  });

  test("a page in a file has nothing to choose, and a policy that allows its own script and style only", () => {
    const content = reportContent(report, { isLive: false });
    assert.ok(!content.html.includes("data-action"));
    const page = standalonePage({
      title: "A report",
      content,
      script: "start('</script>')",
      style: "p{}",
      nonce: "abc123",
    });
    assert.equal(page.split("</script>").length, 2, "the script cannot end early");
    assert.match(
      page,
      /content="default-src 'none'; script-src 'nonce-abc123'; style-src 'nonce-abc123'; base-uri 'none'; form-action 'none'"/,
    );
    assert.doesNotMatch(page, /(?:src|href)="(?!#)/, "nothing is fetched");
    assert.doesNotMatch(page, /\sstyle=/);
  });
});

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "' onclick='alert(1)",
  "</table></main>&lt;b&gt;",
  "\u202egnp.exe\u0000\u001b[31m",
  "{{constructor}}${1}",
];

suite("what strangers wrote stays text", () => {
  for (const text of HOSTILE) {
    test(JSON.stringify(text), () => {
      const bare = `h${text.replaceAll(/[> ]/g, "")}`;
      // A mailbox name may hold anything between quotes (RFC 5321, 4.1.2).
      const address = `"${text.replaceAll('"', '\\"')}"@a.example`;
      const line = (message: string): string => `2026-11-09T10:00:00Z mail postfix/${message}`;
      const tally = tallyOf([
        line(`smtpd[1]: AAAAA00001: client=${bare}[192.0.2.1], sasl_username=${text}`),
        line(`qmgr[1]: AAAAA00001: from=<${address}>, size=1, nrcpt=1 (queue active)`),
        line(
          `smtp[1]: AAAAA00001: to=<${address}>, relay=${bare}[192.0.2.2]:25, delay=1, delays=0/0/0/1, dsn=4.0.0, status=deferred (${text})`,
        ),
        line(
          `smtp[1]: AAAAA00001: to=<${address}>, relay=${bare}[192.0.2.2]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (${text})`,
        ),
        line(
          `smtpd[1]: NOQUEUE: reject: RCPT from ${bare}[192.0.2.1]: 550 5.7.1 ${text}; from=<${address}> to=<a@b> proto=ESMTP helo=<h>`,
        ),
        line(
          `smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.1]: 504 5.5.2 <${text}>: no; from=<a@b> to=<a@b> proto=SMTP helo=<${text}>`,
        ),
        line(`smtpd[1]: Anonymous TLS connection established from a[192.0.2.1]: ${bare} with cipher X (256/256 bits)`),
        line(`smtpd[1]: warning: ${bare}[192.0.2.1]: SASL LOGIN authentication failed: x, sasl_username=${text}`),
      ]);
      const { queued, deferred, rejected, tls } = tally.events;
      assert.ok(queued > 0 && deferred > 0 && rejected > 0 && tls > 0, JSON.stringify(tally.events));
      const logs = [{ name: text, problem: text }];
      const content = reportContent({ ...reportOf(tally), logs }, { isLive: true }).html;
      const allowed = new Set(
        "header h1 h2 p ul li nav a main section dl div dt dd span br button figure details summary table caption thead tbody tr th td svg rect".split(
          " ",
        ),
      );
      for (const { name, attributes } of tagsOf(content)) {
        assert.ok(allowed.has(name), name);
        for (const attribute of attributes.keys())
          assert.ok(!attribute.startsWith("on") && attribute !== "style", attribute);
        const href = attributes.get("href");
        if (href !== undefined) assert.match(href, /^#[a-z]+$/);
      }
      // oxlint-disable-next-line no-control-regex -- exactly these must not be there
      assert.doesNotMatch(content, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    });
  }

  test("a template takes nothing but text", () => {
    assert.equal(
      html`<p title="${"\"<&>'"}">${["<b>", html`<b>`, 3, null]}</p>`.html,
      '<p title="&quot;&lt;&amp;&gt;&#39;">&lt;b&gt;<b>3</p>',
    );
  });
});
