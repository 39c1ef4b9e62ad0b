import process from "node:process";
import { startEarlyThread } from "../log-jobs/early-thread.ts";
import { runCommandLine } from "./command-line.ts";

const args = process.argv.slice(2);
startEarlyThread(args);
// Not awaited: the command line is built as a script, which is loaded sooner than a module.
void runCommandLine(args);
