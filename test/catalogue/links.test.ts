import assert from "node:assert/strict";
import test from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { parameterByName } from "@postmaster/core/reference/parameter.ts";
import { restrictionByName } from "@postmaster/core/reference/restriction.ts";
import postfix from "./postfix-pages.json" with { type: "json" };

const pages = new Set(postfix.pages);
const anchors: Readonly<Record<string, readonly string[]>> = postfix.anchors;

for (const entry of entries) {
  const links = entry.links.map(({ url }) => new URL(url)).filter(({ hostname }) => hostname === "www.postfix.org");
  if (links.length === 0) continue;

  test(`${entry.id}: its links to www.postfix.org lead to pages and places that are there`, () => {
    for (const { pathname, hash } of links) {
      const page = pathname.slice(1);
      assert.ok(pages.has(page), `no page ${page}`);
      if (hash !== "") assert.ok(isOnPage(page, hash.slice(1)), `${page} has no ${hash}`);
    }
  });
}

test("a page or a parameter that is not there would be found", () => {
  assert.ok(!pages.has("postfix-faq.html"));
  assert.ok(!isOnPage("postconf.5.html", "smtpd_nonsense"));
  assert.ok(!isOnPage("TLS_README.html", "smtpd_tls_cert_file"));
});

/** postconf(5) has a place for every parameter and restriction. */
function isOnPage(page: string, anchor: string): boolean {
  if (page === "postconf.5.html") return parameterByName(anchor) !== null || restrictionByName(anchor) !== null;
  return anchors[page]?.includes(anchor) ?? false;
}
