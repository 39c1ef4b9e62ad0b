import { randomBytes } from "node:crypto";
import { standalonePage } from "@postmaster/core/report/html/standalone-page.ts";
import { reportContent, reportTitle } from "@postmaster/core/report/log/html/report-content.ts";
import type { LogReport } from "@postmaster/core/report/log/log-report.ts";
import { pageAssets } from "./page-assets.ts";

/** The report as one file for a browser. */
export async function htmlReport(result: LogReport): Promise<string> {
  const content = reportContent(result, { isLive: false });
  const nonce = randomBytes(16).toString("hex");
  return standalonePage({ title: reportTitle(result), content, nonce, ...(await pageAssets()) });
}
