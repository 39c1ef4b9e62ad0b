import process from "node:process";
import { runCommandLine } from "./command-line.ts";

// Not awaited: the command line is built as a script, which is loaded sooner than a module.
void runCommandLine(process.argv.slice(2));
