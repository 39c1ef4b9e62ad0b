import { isMainThread } from "node:worker_threads";
import { startStdioServer } from "./stdio.ts";

// The bundle is also the thread that reads large logs: see log-jobs/worker-url.ts.
if (isMainThread) startStdioServer();
else void import("../log-jobs/worker.ts");
