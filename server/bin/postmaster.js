#!/usr/bin/env node
// A committed stub, so that `npm ci` can link the command before anything is built.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bundle = new URL("../../dist/postmaster.cjs", import.meta.url);
if (existsSync(fileURLToPath(bundle))) {
  await import(bundle.href);
} else {
  process.stderr.write("postmaster is not built yet: run `npm run build` in the checkout.\n");
  process.exitCode = 2;
}
