import process from "node:process";
import { coloured, type Painter, plain } from "@postmaster/core/report/terminal/style.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";

/** Where a verb writes. Results go to the standard output and nothing else does; all that is about the run goes to the standard error. */
export interface Output {
  /** Collects text and writes it in large pieces. Await the result if it is one: a slow reader must not fill our memory. */
  write(text: string): Promise<void> | undefined;
  /** The same for bytes, which are written at once: when this resolves they may become others. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  /** One line about the run, made harmless for a terminal. */
  note(text: string): void;
  /** Writes what is still collected. */
  flush(): Promise<void>;
  /** Nothing more is of use: the reader has closed its end (`| head`), or what was written could not be kept. */
  readonly isClosed: boolean;
  /** What was written could not be kept, as on a full disk. It was said already. */
  readonly hasFailed: boolean;
  /** Colours on a terminal, unless NO_COLOR (no-color.org) is set. */
  readonly paint: Painter;
  /** Of the terminal; without an end where the results go to a file or another program, which get lines as they are. */
  readonly columns: number;
}

const PIECE = 65_536;

export function standardOutput(): Output {
  const { stdout, stderr, env } = process;
  const wantsColour = stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  let collected = "";
  let isClosed = false;
  let hasFailed = false;
  const note = (text: string): void => {
    stderr.write(`postmaster: ${text.split("\n").map(visibleText).join("\n")}\n`);
  };
  // Without a listener Node ends the process with a stack trace when a reader such as head(1) leaves.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (!isClosed && error.code !== "EPIPE") {
      hasFailed = true;
      // `ENOSPC: no space left on device, write`
      note(`the results could not be written: ${error.message.split(",")[0] ?? ""}`);
    }
    isClosed = true;
  });

  async function flush(): Promise<void> {
    const text = collected;
    collected = "";
    if (text !== "") await writeOut(text);
  }

  async function writeOut(text: string): Promise<void> {
    if (isClosed || stdout.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stdout.off("drain", done).off("close", done).off("error", done);
        resolve();
      };
      stdout.on("drain", done).on("close", done).on("error", done);
    });
  }

  return {
    write(text) {
      collected += text;
      return collected.length >= PIECE ? flush() : undefined;
    },
    async writeBytes(bytes) {
      await flush();
      if (isClosed) return;
      await new Promise<void>((resolve) => {
        stdout.write(bytes, () => resolve());
      });
    },
    note,
    flush,
    get isClosed() {
      return isClosed;
    },
    get hasFailed() {
      return hasFailed;
    },
    paint: wantsColour ? coloured : plain,
    columns: stdout.columns ?? Number.POSITIVE_INFINITY,
  };
}
