import assert from "node:assert/strict";
import { test } from "node:test";
import { readFromPage } from "../../client/views/messages.ts";
import { viewShell } from "../../client/views/view-shell.ts";

test("only messages of a page's own kind are taken", () => {
  assert.deepEqual(readFromPage({ type: "ready", more: 1 }), { type: "ready" });
  const action = { type: "action", action: "lines", argument: "{}" };
  assert.deepEqual(readFromPage(action), action);
  const strange = [
    null,
    "ready",
    7,
    {},
    { type: "eval" },
    { type: "action" },
    { ...action, argument: {} },
    { ...action, action: 1 },
  ];
  for (const message of strange) assert.equal(readFromPage(message), null, JSON.stringify(message));
});

test("a view's page allows its own script and style and nothing else", () => {
  const page = viewShell({
    nonce: "abc",
    script: 'https://x.example/view.js?a&"b',
    style: "https://x.example/view.css",
  });
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  assert.deepEqual(policy.split("; "), [
    "default-src 'none'",
    "script-src 'nonce-abc'",
    "style-src 'nonce-abc'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  assert.equal(page.split("<script").length, 2);
  assert.match(page, /<script nonce="abc" src="https:\/\/x\.example\/view\.js\?a&amp;&quot;b"><\/script>/);
  assert.doesNotMatch(page, /\son\w+=|\sstyle=|unsafe/);
  assert.match(page, /<html lang="en">/);
  assert.match(page, /role="status" aria-live="polite"/);
});
