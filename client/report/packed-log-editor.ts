import { type Disposable, window } from "vscode";
import type { Reports } from "./show-report.ts";

/** The editor of compressed logs: VS Code has none for them. It shows their report. */
export function registerPackedLogEditor(reports: Reports): Disposable {
  return window.registerCustomEditorProvider("postmaster.packedLog", {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, panel) => {
      // Reading takes its time; the panel is there at once.
      void reports.showIn(panel, uri);
    },
  });
}
