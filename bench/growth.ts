import { inRoot } from "../scripts/lib/paths.ts";
import type { Row } from "./row.ts";
import { race } from "./timed-command.ts";

/** The same work on a log ten times as large. Sizes in MB. */
export async function measureGrowth(
  small: { readonly log: string; readonly megabytes: number },
  large: { readonly log: string; readonly megabytes: number },
): Promise<readonly Row[]> {
  const check = (log: string) => ({
    name: log,
    command: process.execPath,
    args: [inRoot("dist", "postmaster.cjs"), "check", log],
  });
  const spent = await race([check(small.log), check(large.log)], 2);
  const one = spent.get(small.log);
  const ten = spent.get(large.log);
  if (one === undefined || ten === undefined) throw new Error("postmaster check did not run");
  const perMb = (wallMs: number, megabytes: number): number => wallMs / megabytes;
  const growth = perMb(ten.wallMs, large.megabytes) / perMb(one.wallMs, small.megabytes);
  const what = `\`postmaster check\`, ${large.megabytes} MB beside ${small.megabytes} MB`;
  return [
    {
      what: `${what}: time per MB`,
      measured: `${perMb(ten.wallMs, large.megabytes).toFixed(2)} ms/MB`,
      beside: `${perMb(one.wallMs, small.megabytes).toFixed(2)} ms/MB; ratio ${growth.toFixed(2)}`,
      floor: "at most 1.10",
      holds: growth <= 1.1,
    },
    {
      what: `${what}: peak memory`,
      measured: ten.peakMb === null ? "not measured: GNU time is not on this machine" : `${ten.peakMb.toFixed(0)} MB`,
      beside: one.peakMb === null ? "" : `${one.peakMb.toFixed(0)} MB`,
      floor: "under 250 MB",
      holds: ten.peakMb === null ? null : ten.peakMb < 250,
    },
  ];
}
