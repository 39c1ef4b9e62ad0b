import { type Browser, chromium } from "playwright-core";
import { Advice } from "../lib/say.ts";
import { commandOf } from "../lib/system-packages.ts";

/** No network but the page's own, no first-run pages; in a container the sandbox and the GPU are not to be had. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A headless Chromium.
 * @throws Advice if there is none on this machine.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = commandOf("chromium");
  if (executablePath === null) {
    throw new Advice(
      "no Chromium on this machine. On Debian: apt-get install chromium. Elsewhere: install Chrome or Chromium.",
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true });
}
