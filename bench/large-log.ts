import { open, readFile } from "node:fs/promises";

/**
 * Write a log of at least so many bytes by repeating the lines of another one. Queue ids and pids differ from round to round,
 * so that nothing is fast only because it has been seen before.
 */
export async function writeLargeLog(from: string, to: string, bytes: number): Promise<void> {
  const lines = (await readFile(from, "utf8")).split("\n").filter((line) => line !== "");
  const file = await open(to, "w");
  try {
    let written = 0;
    for (let round = 0; written < bytes; round += 1) {
      const text = `${lines.map((line) => varied(line, round)).join("\n")}\n`;
      await file.write(text);
      written += Buffer.byteLength(text);
    }
  } finally {
    await file.close();
  }
}

function varied(line: string, round: number): string {
  return line
    .replace(/\[(\d{4})\]/, (_, pid: string) => `[${1000 + ((Number(pid) + round * 7) % 30_000)}]`)
    .replace(
      /: ([0-9A-F]{10}): /,
      (_, id: string) =>
        `: ${((Number.parseInt(id, 16) + round) % 0xffffffffff).toString(16).toUpperCase().padStart(10, "0")}: `,
    );
}
