import process from "node:process";
import { watchFiles } from "../../tail/watch-files.ts";
import type { Output } from "../output.ts";
import type { FollowedLog } from "./check-run.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Looks at logs as they grow until Ctrl+C, or until nobody reads what is found. */
export async function followUntilStopped(logs: readonly FollowedLog[], output: Output): Promise<void> {
  await output.flush();
  output.note(`following ${logs.map(({ name }) => name).join(", ")}; Ctrl+C ends it`);
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  for (const signal of SIGNALS) process.once(signal, stop);
  const watching = watchFiles(
    logs.map(({ path }) => path),
    true,
    async () => {
      // oxlint-disable-next-line no-await-in-loop -- what is found is written in the order of the logs
      for (const log of logs) await log.look();
      await output.flush();
      if (output.isClosed) stop();
    },
  );
  await stopped;
  watching.close();
  for (const signal of SIGNALS) process.removeListener(signal, stop);
  await Promise.all(logs.map((log) => log.close()));
}
