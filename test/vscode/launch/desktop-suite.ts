import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { cacheDirectory } from "../../../scripts/lib/paths.ts";
import { type LaunchOptions, type LaunchOutcome, QUIET_SETTINGS } from "./launch-options.ts";

const DOWNLOADS = "https://update.code.visualstudio.com/api/releases/stable";

/** True if desktop VS Code can be had here: its download site answers, and on Linux there is a display to show it on. */
export async function desktopIsPossible(): Promise<boolean> {
  if (process.platform === "linux" && (process.env["DISPLAY"] ?? "") === "") return false;
  try {
    return (await fetch(DOWNLOADS, { method: "HEAD", signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

/**
 * Run the suite in desktop VS Code of the given version, downloaded into the cache if need be.
 * @throws if the download fails.
 */
export async function runOnDesktop(version: string, options: LaunchOptions): Promise<LaunchOutcome> {
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ version, cachePath: join(cacheDirectory(), "desktop") });
  const userData = await mkdtemp(join(tmpdir(), "postmaster-vscode-"));
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(join(userData, "User", "settings.json"), JSON.stringify(QUIET_SETTINGS));
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: options.extension,
      extensionTestsPath: options.suite,
      extensionTestsEnv: { POSTMASTER_TEST_REPORT: options.report },
      launchArgs: [
        options.workspace,
        "--user-data-dir",
        userData,
        "--disable-extensions",
        "--disable-workspace-trust",
        ...asRoot(),
      ],
    });
  } catch (error) {
    // The tests' own failures arrive as an exception too; what failed stands in the report.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** VS Code refuses to run as root without this. */
function asRoot(): readonly string[] {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}
