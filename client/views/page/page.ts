import type { FromPage, ToPage } from "../messages.ts";
import { drawCharts } from "./charts.ts";
import { replaceContent } from "./replace-content.ts";

/** What VS Code gives the script of a webview. */
interface VsCode {
  postMessage(this: void, message: FromPage): void;
}

declare global {
  /** Only in a webview. */
  var acquireVsCodeApi: (() => VsCode) | undefined;
}

const vscode = globalThis.acquireVsCodeApi?.() ?? null;

/** The one script of every view, and of a report that was written to a file: there the content is in the page from the start, and nobody listens. */
function start(): void {
  const view = document.getElementById("view");
  if (view === null) return;
  if (vscode !== null) listen(view, vscode);
  drawCharts(view);
  addEventListener("resize", () => drawCharts(view));
  // Another theme has other colours: VS Code changes the body's class, elsewhere the system decides.
  new MutationObserver(() => drawCharts(view)).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawCharts(view));
}

function listen(view: HTMLElement, { postMessage }: VsCode): void {
  addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    if (data.type === "content") {
      replaceContent(view, data.html);
      drawCharts(view);
    } else showProgress(data.progress);
  });
  view.addEventListener("click", ({ target }) => {
    const chosen = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
    const { action, argument } = chosen?.dataset ?? {};
    if (action !== undefined) postMessage({ type: "action", action, argument: argument ?? "" });
  });
  postMessage({ type: "ready" });
}

function showProgress(progress: Extract<ToPage, { type: "progress" }>["progress"]): void {
  const box = document.getElementById("progress");
  const words = document.getElementById("progress-words");
  const part = document.getElementById("progress-part");
  if (box === null || words === null || !(part instanceof HTMLProgressElement)) return;
  box.hidden = progress === null;
  words.textContent = progress?.words ?? "";
  if (progress === null || progress.part === null) part.removeAttribute("value");
  else part.value = progress.part;
}

start();
