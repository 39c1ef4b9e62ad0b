import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { main } from "assemblyscript/asc";
import type { GeneratedFile } from "../lib/generated-file.ts";

const SOURCE = "core/log/assembly/index.ts";
const TARGET = "line-machine.wasm";

/**
 * The program of the machine that reads lines, compiled to WebAssembly from core/log/assembly.
 * @throws Error with the compiler's words if a source does not compile
 */
export async function generateLineMachine(root: string): Promise<GeneratedFile> {
  const written = new Map<string, string | Uint8Array>();
  let words = "";
  const options = ["--runtime", "stub", "-O3", "--converge", "--noAssert", "--enable", "simd,bulk-memory"];
  const { error } = await main([SOURCE, "--baseDir", root, "--outFile", TARGET, ...options], {
    writeFile(name, contents) {
      written.set(name, contents);
    },
    stderr: {
      write(chunk) {
        words += typeof chunk === "string" ? chunk : decodeUtf8(chunk);
      },
    },
  });
  const code = written.get(TARGET);
  if (error !== null || code === undefined) throw new Error(`${SOURCE} does not compile\n${words}`);
  return {
    path: "core/generated/line-machine.json",
    text: `${JSON.stringify({ base64: Buffer.from(code).toString("base64") }, null, 2)}\n`,
  };
}
