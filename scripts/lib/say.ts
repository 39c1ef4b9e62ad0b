/** Tell the person at the terminal what is being done now. */
export function say(text: string): void {
  process.stdout.write(`postmaster: ${text}\n`);
}

/** Milliseconds as a person reads them: `0.4 s`, `12 s`, `1 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Something a person must do before we can go on: its message is all they need, a stack trace would only hide it. */
export class Advice extends Error {}

/** Something went wrong whose cause has been said already, or is all in the message: a stack trace would only hide it. */
export class Failure extends Error {}

/** Run a script's main function; advice and failures are printed plainly, anything else is a defect and keeps its stack. */
export async function main(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Advice || error instanceof Failure)) throw error;
    process.stderr.write(`\npostmaster: ${error.message}\n`);
    process.exitCode = 1;
  }
}
