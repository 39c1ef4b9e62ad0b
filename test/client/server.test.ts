import assert from "node:assert/strict";
import { test } from "node:test";
import { createCrashes } from "../../client/server/crashes.ts";
import { createTrustTeller } from "../../client/server/trust-teller.ts";

const MINUTE = 60_000;

test("a server that ends now and then is started again, one that ends five times within three minutes is not", () => {
  const now = createCrashes();
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((second) => now.mayRestart(second * 1000)),
    [true, true, true, true, false],
  );
  const seldom = createCrashes();
  assert.ok(Array.from({ length: 50 }, (_, count) => seldom.mayRestart(count * MINUTE)).every((may) => may));
});

test("after the user had it started again, five more are needed", () => {
  const crashes = createCrashes();
  for (let count = 0; count < 5; count += 1) crashes.mayRestart(count);
  crashes.forget();
  assert.equal(crashes.mayRestart(6), true);
  assert.equal(crashes.total(), 6);
});

/** A server and a workspace as the teller sees them. */
function aTeller() {
  const state = { trusted: false, running: false, told: 0 };
  const teller = createTrustTeller({
    isTrusted: () => state.trusted,
    isRunning: () => state.running,
    tell: () => {
      state.told += 1;
    },
  });
  return { state, teller };
}

test("trust that is granted while the server starts is told when it has started, once", () => {
  const { state, teller } = aTeller();
  assert.equal(teller.atStart(), false);
  state.trusted = true;
  teller.check();
  assert.equal(state.told, 0, "it takes no message yet");
  state.running = true;
  teller.check();
  teller.check();
  assert.equal(state.told, 1);
});

test("trust that is granted while the server runs is told at once; one that starts knows it from the beginning", () => {
  const { state, teller } = aTeller();
  teller.atStart();
  state.running = true;
  teller.check();
  assert.equal(state.told, 0);
  state.trusted = true;
  teller.check();
  assert.equal(state.told, 1);
  // It ends, and another one is started.
  state.running = false;
  teller.check();
  assert.equal(teller.atStart(), true);
  state.running = true;
  teller.check();
  assert.equal(state.told, 1);
});

test("trust that is granted before any server runs is told at its start", () => {
  const { state, teller } = aTeller();
  state.trusted = true;
  teller.check();
  assert.equal(teller.atStart(), true);
  assert.equal(state.told, 0);
});
