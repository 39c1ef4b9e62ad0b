import { open } from "node:fs/promises";
import { logLines } from "./log-lines.ts";

const PIECE = 1024 * 1024;

/**
 * Writes a log that ends with the first line that makes it at least so many bytes long. In constant memory.
 * @returns the number of its lines
 */
export async function writeLog(file: string, bytes: number, seed = 1): Promise<number> {
  const handle = await open(file, "w");
  try {
    let piece = "";
    let written = 0;
    let lines = 0;
    for (const line of logLines(seed)) {
      piece += `${line}\n`;
      lines += 1;
      // All of it is ASCII: a character is a byte.
      if (piece.length < PIECE && written + piece.length < bytes) continue;
      await handle.write(piece);
      written += piece.length;
      piece = "";
      if (written >= bytes) break;
    }
    return lines;
  } finally {
    await handle.close();
  }
}
