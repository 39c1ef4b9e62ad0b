import "./activation.ts";
import "./admission.ts";
import "./configuration.ts";
import "./languages.ts";
import "./report.ts";
import "./seed.ts";
import "./story.ts";
import { runTests } from "./test.ts";

/** What VS Code calls in its extension host, under either launcher. */
export function run(): Promise<void> {
  return runTests();
}
