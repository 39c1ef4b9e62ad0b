import { rm, writeFile } from "node:fs/promises";

/** What Debian's packages ask before they start a service (invoke-rc.d(8)). */
const POLICY = "/usr/sbin/policy-rc.d";
const NOT_ALLOWED = 101;

/**
 * Does something with packages while no service may be started by it. The tests start the servers they need themselves, on ports of their own; that nobody
 * else's mail server begins to listen because somebody ran them is one reason, and that a container has nothing to start services with is another.
 * A policy that is there already stays.
 */
export async function withoutStartingServices<Result>(work: () => Promise<Result>): Promise<Result> {
  const isOurs = await writeFile(POLICY, `#!/bin/sh\nexit ${NOT_ALLOWED}\n`, { mode: 0o755, flag: "wx" }).then(
    () => true,
    () => false,
  );
  try {
    return await work();
  } finally {
    if (isOurs) await rm(POLICY, { force: true });
  }
}
