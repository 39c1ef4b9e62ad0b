import { appendFileSync } from "node:fs";

/** What the launcher reads, one JSON object a line. `start` comes first, so that a hang can be told by its name. */
export type Report =
  | { readonly event: "start"; readonly name: string }
  | { readonly event: "pass"; readonly name: string; readonly milliseconds: number }
  | { readonly event: "fail"; readonly name: string; readonly milliseconds: number; readonly error: string };

interface Test {
  readonly name: string;
  readonly body: () => Promise<void>;
}

const tests: Test[] = [];

/** How long one test may take, in milliseconds. Generous: a slow machine must not fail, a hang must still end. */
const TIME_LIMIT = 60_000;

/** Register a test; they run one after another in the order they were registered, in one window. */
export function test(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
}

/**
 * Run all registered tests. VS Code calls this through the suite's `run` and ends with its outcome.
 * @throws if any test failed, or none was registered.
 */
export async function runTests(): Promise<void> {
  let failed = 0;
  for (const { name, body } of tests) {
    report({ event: "start", name });
    const started = performance.now();
    const error = await outcome(body);
    const milliseconds = Math.round(performance.now() - started);
    if (error === null) report({ event: "pass", name, milliseconds });
    else report({ event: "fail", name, milliseconds, error });
    if (error !== null) failed += 1;
  }
  if (tests.length === 0) throw new Error("the suite has no tests");
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

async function outcome(body: () => Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${TIME_LIMIT / 1000} s`)), TIME_LIMIT);
  });
  try {
    await Promise.race([body(), limit]);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

function report(what: Report): void {
  const file = process.env["POSTMASTER_TEST_REPORT"];
  if (file === undefined) throw new Error("POSTMASTER_TEST_REPORT does not say where results go");
  appendFileSync(file, `${JSON.stringify(what)}\n`);
}
