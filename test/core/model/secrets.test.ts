import assert from "node:assert/strict";
import test from "node:test";
import { maskSecrets, tellsSecret, withoutSecrets, worthHiding } from "@postmaster/core/model/secrets.ts";

test("of a secret that holds another nothing is left over", () => {
  const secrets = worthHiding(["abc", "abcdef", "x", "abc"]);
  assert.equal(withoutSecrets("user:abcdef, abc, x", secrets), "user:…, …, x");
  assert.equal(maskSecrets("user:abcdef, abc", secrets), "user:******, ***");
  assert.equal(tellsSecret("x", secrets), false, "what is shorter than any password is a word like others");
});
