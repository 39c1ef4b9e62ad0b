import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";

const engine = createCatalogueEngine();
const FIXTURE = new URL("fixtures/field.log", import.meta.url);
const HEAD = /^# (\S+) (\S+) (\S+)$/;

let head = { message: "-", daemon: "-", host: "-" };
for (const line of readFileSync(FIXTURE, "utf8").split("\n")) {
  const [, message, daemon, host] = HEAD.exec(line) ?? [];
  if (message !== undefined && daemon !== undefined && host !== undefined && (message === "-" || message.includes("/")))
    head = { message, daemon, host };
  if (line === "" || line.startsWith("#")) continue;
  const expected = head;
  test(`${expected.message}: ${line}`, () => {
    const read = engine.readText(line);
    assert.deepEqual(
      {
        message: read.template?.templateId ?? "-",
        daemon: read.daemon ?? "-",
        host: read.host?.value ?? "-",
      },
      expected,
    );
    assert.ok(line.includes(read.message.value), "what there is of the message is kept");
  });
}
