import { execFileSync } from "node:child_process";
import { eventually } from "../suite/eventually.ts";
import type { Workbench } from "./workbench.ts";

/** The process of our language server in a VS Code, once there is one. @param not one that has ended, or is about to */
export function serverProcess({ server }: Workbench, not: number | null = null): Promise<number> {
  return eventually("a process of the language server", () => {
    const listed = execFileSync("ps", ["-A", "-o", "pid=,pgid=,args="], { encoding: "utf8" });
    for (const line of listed.split("\n")) {
      const [pid, group, ...command] = line.trim().split(/\s+/);
      const isOurs = Number(group) === server.pid && command.join(" ").includes("/dist/server.cjs");
      if (isOurs && Number(pid) !== not) return Number(pid);
    }
    return null;
  });
}
