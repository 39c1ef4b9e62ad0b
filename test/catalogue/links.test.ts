import assert from "node:assert/strict";
import test from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { parameterByName } from "@postmaster/core/reference/parameter.ts";
import { restrictionByName } from "@postmaster/core/reference/restriction.ts";
import { rules } from "@postmaster/core/rules/rules.ts";
import postfix from "./postfix-pages.json" with { type: "json" };

const pages = new Set(postfix.pages);
/** Of every page but postconf(5). */
const anchors: Readonly<Record<string, readonly string[]>> = postfix.anchors;

const linked = [
  ...entries.map(({ id, links }) => ({ id, urls: links.map(({ url }) => url) })),
  ...rules.map(({ id, manualUrl }) => ({ id, urls: [manualUrl] })),
];

test("links of entries and rules to www.postfix.org lead to pages and places that are there", () => {
  for (const { id, urls } of linked) {
    for (const { hostname, pathname, hash } of urls.map((url) => new URL(url))) {
      if (hostname !== "www.postfix.org") continue;
      const page = pathname.slice(1);
      assert.ok(pages.has(page), `${id}: no page ${page}`);
      if (hash !== "") assert.ok(isOnPage(page, hash.slice(1)), `${id}: ${page} has no ${hash}`);
    }
  }
});

test("a page or a parameter that is not there would be found", () => {
  assert.ok(!pages.has("postfix-faq.html"));
  assert.ok(!isOnPage("postconf.5.html", "smtpd_nonsense"));
  assert.ok(!isOnPage("postconf.5.html", "smtp_destination_rate_delay"), "described for all transports at once");
  assert.ok(!isOnPage("TLS_README.html", "smtpd_tls_cert_file"));
});

/** postconf(5) has a place for every parameter and restriction. */
function isOnPage(page: string, anchor: string): boolean {
  if (page !== "postconf.5.html") return anchors[page]?.includes(anchor) ?? false;
  return [parameterByName(anchor), restrictionByName(anchor)].some(
    (one) => one?.manualUrl?.endsWith(`#${anchor}`) === true,
  );
}
