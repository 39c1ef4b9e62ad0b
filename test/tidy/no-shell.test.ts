import assert from "node:assert/strict";
import { test } from "node:test";
import { sources } from "./sources.ts";

/** Modules that start programs or open sockets. Whoever needs one is to be named here, with the reason. */
const OUTSIDE = new Set([
  "child_process",
  "cluster",
  "dgram",
  "dns",
  "dns/promises",
  "http",
  "http2",
  "https",
  "net",
  "tls",
]);
const ALLOWED: ReadonlySet<string> = new Set([
  // Postfix's own programs, which only look, when the user asks for it in a trusted workspace: without a shell, arguments as they are.
  "server/host/postfix/run-program.ts: child_process",
]);

const shipped = sources.filter(({ path }) => /^(core|server|client)\//.test(path));

test("what ships opens no socket, and starts programs in one place: no other module for it is imported", () => {
  assert.ok(shipped.length > 300);
  const found = shipped.flatMap(({ path, imports }) =>
    imports
      .map(({ specifier }) => specifier.replace("node:", ""))
      .flatMap((name) => (OUTSIDE.has(name) ? `${path}: ${name}` : [])),
  );
  assert.deepEqual(
    found.filter((one) => !ALLOWED.has(one)),
    [],
  );
});

test("nor by a name that needs no import", () => {
  const GLOBALS =
    /\b(?:fetch|require|importScripts)\(|\bnew (?:WebSocket|XMLHttpRequest|EventSource|ShellExecution|ProcessExecution)\b|process\.(?:binding|dlopen)|\bopenExternal\(/;
  const found = shipped.filter(({ text }) => GLOBALS.test(text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, "")));
  assert.deepEqual(
    found.map(({ path }) => path),
    [],
  );
});

test("the one place that starts programs has no shell", () => {
  const place = sources.find(({ path }) => path === "server/host/postfix/run-program.ts")?.text ?? "";
  assert.match(place, /import \{ execFile \} from "node:child_process"/);
  assert.doesNotMatch(place, /shell:|\bexec\(|spawn/);
});
