import { isDigitCode } from "../../text/ascii.ts";
import type { MasterFieldName } from "./master-node.ts";

const TYPES: ReadonlySet<string> = new Set(["inet", "unix", "unix-dgram", "fifo", "pass"]);

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}

/** Whether master(8) would refuse this field: `-` is the default everywhere, wakeup times may end in `?`. */
export function fieldProblem(field: MasterFieldName, text: string): boolean {
  switch (field) {
    case "service":
    case "command":
      return false;
    case "type":
      return !TYPES.has(text);
    case "private":
    case "unprivileged":
    case "chroot":
      return text !== "-" && text !== "y" && text !== "n";
    case "wakeup":
      return text !== "-" && !isNumber(text.endsWith("?") ? text.slice(0, -1) : text);
    case "maxproc":
      return text !== "-" && !isNumber(text);
  }
}
