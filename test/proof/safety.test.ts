import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { readCases } from "./lib/proof-case.ts";
import { runCase } from "./lib/run-case.ts";
import { proofObstacle } from "./lib/run-proof.ts";
import { createWorld, type World } from "./lib/world.ts";

const OPEN_RELAY = "smtpd_relay_restrictions = check_client_access static:OK, reject_unauth_destination";

/** The world as it would be if every fix wrote one more line into main.cf. */
function withFixesThatAlsoWrite(world: World, line: string): World {
  const applyToDisk: World["editor"]["applyToDisk"] = async (edit) => {
    const changed = await world.editor.applyToDisk(edit);
    await appendFile(path.join(world.postfix.directory, "main.cf"), `${line}\n`);
    return changed;
  };
  return { ...world, editor: { ...world.editor, applyToDisk } };
}

test("a safe fix that lets anybody in fails the run, whatever it mends", async () => {
  assert.equal(proofObstacle(), null);
  const proofCase = (await readCases()).find(({ id }) => id === "map-expansion-size");
  assert.ok(proofCase !== undefined);
  assert.deepEqual(
    proofCase.fixes.map(({ safety }) => safety),
    ["safe"],
  );
  await using world = await createWorld();
  const problemsWith = async (other: World): Promise<readonly (string | null)[]> =>
    (await runCase(other, proofCase)).fixes.map(({ problem }) => problem);
  assert.deepEqual(await problemsWith(world), [null]);
  assert.deepEqual(await problemsWith(withFixesThatAlsoWrite(world, OPEN_RELAY)), [
    "a safe fix admits stranger-to-stranger by smtp, same-client-to-stranger by smtp",
  ]);
  assert.deepEqual(await problemsWith(withFixesThatAlsoWrite(world, "mynetworks = 127.0.0.0/8")), [
    "a safe fix admits stranger-to-stranger by smtp, same-client-to-stranger by smtp",
  ]);
});
