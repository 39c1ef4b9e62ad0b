import { appendFileSync } from "node:fs";
import { launchChromium } from "../../../scripts/vscode/chromium.ts";
import { serve } from "../../../scripts/vscode/serve.ts";
import { type LaunchOptions, type LaunchOutcome, QUIET_SETTINGS } from "./launch-options.ts";

/** Run the suite in the browser-based VS Code: the page is told what to load through the test driver's address parameters. */
export async function runInBrowser(options: LaunchOptions): Promise<LaunchOutcome> {
  const server = await serve({
    token: null,
    testDriver: true,
    trustAll: true,
    settings: QUIET_SETTINGS,
    extensions: [],
    env: { POSTMASTER_TEST_REPORT: options.report },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const exit = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    });
    await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => {
      appendFileSync(options.console, `${type}: ${args.map(String).join(" ")}\n`);
    });
    await page.goto(suiteAddress(server.authority, options));
    return await within(options.timeLimit, exit);
  } finally {
    await browser.close();
    await server.stop();
  }
}

function suiteAddress(authority: string, { extension, suite, workspace }: LaunchOptions): string {
  const payload = [
    ["extensionDevelopmentPath", `vscode-remote://${authority}${extension}`],
    ["extensionTestsPath", `vscode-remote://${authority}${suite}`],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  // URLSearchParams writes a space as "+", which the workbench does not read as one.
  return `http://${authority}/?${query.toString().replaceAll("+", "%20")}`;
}

async function within<T>(milliseconds: number, awaited: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([awaited, limit]);
  } finally {
    clearTimeout(timer);
  }
}
