import type { FrameLocator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** The page of the view that is in front. */
export function viewInFront({ page }: Workbench): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}
