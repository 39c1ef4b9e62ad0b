import code from "../../generated/line-machine.json" with { type: "json" };
import { decodeBase64 } from "../../text/base64.ts";

/** The program of the machine: WebAssembly, made of `core/log/assembly`. A build puts another module in this one's place, which reads it from a file. */
export function machineCode(): Uint8Array {
  return decodeBase64(code.base64);
}
