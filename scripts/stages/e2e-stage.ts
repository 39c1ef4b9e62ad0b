import { runSuite } from "../../test/vscode/launch/run-suite.ts";
import { extensionPackage } from "../lib/package-extension.ts";
import { failed, passed, type Stage } from "./stage.ts";

/** Which VS Code is asked for; the browser-based one wants the packages, desktop VS Code brings everything. */
const wanted = process.env["POSTMASTER_VSCODE"] ?? "";
const mayNeedBrowser = wanted === "browser" || (wanted === "" && process.platform === "linux");

export const e2eStage: Stage = {
  name: "e2e",
  title: "end to end in a real VS Code",
  needs: mayNeedBrowser ? ["g++", "make", "python3", "chromium"] : [],
  async run() {
    const result = await runSuite((await extensionPackage()).folder);
    if (result.problem !== null) return failed(result.problem, { ...result, failed: Math.max(1, result.failed) });
    return result.failed === 0 ? passed(result.passed) : failed("the failing tests are listed above", result);
  },
};
