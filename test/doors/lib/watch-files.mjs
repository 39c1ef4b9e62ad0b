// Loaded before a program (`node --import`): says on the standard error, one line each, which files outside its own sources the program
// looks at or writes. Environment: POSTMASTER_SOURCES, the checkout.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const sources = process.env.POSTMASTER_SOURCES ?? "";

for (const name of [
  "access",
  "lstat",
  "mkdir",
  "open",
  "readFile",
  "readdir",
  "readlink",
  "realpath",
  "rename",
  "stat",
  "writeFile",
]) {
  const original = fs.promises[name];
  fs.promises[name] = (file, ...rest) => {
    if (!String(file).startsWith(sources)) fs.writeSync(2, `TOUCHED ${name} ${String(file)}\n`);
    return original(file, ...rest);
  };
}
syncBuiltinESMExports();
