import { isDigitCode } from "../../text/ascii.ts";
import type { MasterFieldName } from "./master-node.ts";

const TYPES: ReadonlySet<string> = new Set(["inet", "unix", "unix-dgram", "fifo", "pass"]);

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}

function isFlag(text: string): boolean {
  return text === "y" || text === "n";
}

const CHECKS: Readonly<Record<MasterFieldName, (text: string) => boolean>> = {
  service: () => true,
  type: (text) => TYPES.has(text),
  private: isFlag,
  unprivileged: isFlag,
  chroot: isFlag,
  wakeup: (text) => isNumber(text.endsWith("?") ? text.slice(0, -1) : text),
  maxproc: isNumber,
  command: () => true,
};

/** Whether master(8) would refuse this field: `-` is the default from the third on, wakeup times may end in `?`. */
export function isBadField(field: MasterFieldName, text: string): boolean {
  if (text === "-" && field !== "type") return false;
  return !CHECKS[field](text);
}
