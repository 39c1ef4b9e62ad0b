import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Locator, Page } from "playwright-core";
import { extensionPackage } from "../../../scripts/lib/package-extension.ts";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { launchChromium } from "../../../scripts/vscode/chromium.ts";
import { type RunningServer, serve } from "../../../scripts/vscode/serve.ts";
import { eventually } from "../../eventually.ts";
import { QUIET_SETTINGS } from "../launch/launch-options.ts";
import type { Place } from "./place.ts";

/** A VS Code with the packaged extension installed, open on a scratch copy of a folder, as a person has it before them. */
export interface Workbench {
  readonly page: Page;
  readonly server: RunningServer;
  /** Absolute path of the opened folder. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Absolute path of the .vsix. */
  readonly vsix: string;
  /** Absolute path of the folder to open, as it is; a scratch copy of samples/ if not given. */
  readonly folder?: string;
  /** Trust the folder without asking. True if not given. */
  readonly trustAll?: boolean;
  /** Settings of scope `machine`. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Size of the window in pixels. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Settings beside the quiet ones, such as a theme. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const WINDOW = { width: 1200, height: 720 };

/** The package to test: the one already built for this run, else one built now. */
export async function vsixUnderTest(): Promise<string> {
  return process.env["POSTMASTER_VSIX"] ?? (await extensionPackage()).vsix;
}

/** One for all the tests of a file, on a scratch copy of samples/: opened before the first of them, closed after the last. */
export function useWorkbench(): () => Workbench {
  let bench: Workbench | null = null;
  before(async () => {
    bench = await openWorkbench({ vsix: await vsixUnderTest() });
  });
  after(() => bench?.close());
  return () => {
    if (bench === null) throw new Error("the workbench is there once the first test runs");
    return bench;
  };
}

/** Start VS Code and wait until its workbench is there. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const scratch = await mkdtemp(join(tmpdir(), "postmaster-person-"));
  const folder = options.folder ?? join(scratch, "samples");
  if (options.folder === undefined) await cp(inRoot("samples"), folder, { recursive: true });
  const { vsix, trustAll = true, machineSettings = {} } = options;
  const settings = { ...QUIET_SETTINGS, "security.workspace.trust.enabled": !trustAll, ...options.settings };
  const server = await serve({
    token: null,
    testDriver: false,
    trustAll,
    settings,
    machineSettings,
    extensions: [vsix],
  });
  const browser = await launchChromium();
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = await browser.newPage({ viewport: options.window ?? WINDOW, deviceScaleFactor: 1 });
    page.setDefaultTimeout(30_000);
    await page.goto(`http://${server.authority}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench .explorer-folders-view").waitFor();
    return { page, server, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Open a file through Quick Open. `path` is relative to the folder. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  await pick(
    page,
    "ControlOrMeta+P",
    path,
    page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }),
  );
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).first().waitFor();
}

/** Put the cursor at a place and bring it into view. */
export async function goTo(page: Page, { line, column }: Place): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: `line ${line} at column ${column}` });
  await pick(page, "Control+G", `:${line}:${column}`, row);
}

/**
 * Opens a quick input with a key, types, and clicks a row. As a person does, again where it does not come to that: an open palette does not
 * hear of extensions that were found meanwhile, and a window that still loads takes the focus away. No Enter: it would then go into the text.
 */
async function pick(page: Page, key: string, typed: string, row: Locator): Promise<void> {
  const SHORT = { timeout: 3000 };
  await eventually(`"${typed}" to be chosen`, async () => {
    try {
      await page.keyboard.press(key);
      await page.locator(".quick-input-widget input").fill(typed, SHORT);
      await row.first().click(SHORT);
      return true;
    } catch {
      await page.keyboard.press("Escape");
      return null;
    }
  });
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/**
 * Waits for a squiggle on a line that is in view and holds the cursor, then points at the cursor until the hover is there;
 * gives back the hover's text.
 */
export async function hoverSquiggle(page: Page, line: number): Promise<string> {
  await page.waitForFunction(squiggleInLine, line);
  const cursor = await page.locator(".monaco-editor.focused .cursors-layer .cursor").first().boundingBox();
  if (cursor === null) throw new Error(`the cursor in line ${line} is not in view`);
  // In two moves, as a hand does, and well inside the word.
  await page.mouse.move(cursor.x + 30, cursor.y);
  await page.mouse.move(cursor.x + 12, cursor.y + cursor.height / 2);
  const hover = page.locator(".monaco-hover:not(.hidden)", { has: page.locator(".hover-row") }).first();
  await hover.waitFor();
  return hover.innerText();
}

/** Runs in the page. Squiggles lie in a layer beside the text, so that their line is told by their height on the screen. */
function squiggleInLine(line: number): Element | null {
  const numbers = [...document.querySelectorAll(".monaco-editor .line-numbers")];
  const row = numbers.find((one) => one.textContent === String(line))?.getBoundingClientRect();
  if (row === undefined) return null;
  const squiggles = [...document.querySelectorAll(".monaco-editor .view-overlays [class*='squiggly-']")];
  return squiggles.find((one) => Math.abs(one.getBoundingClientRect().bottom - row.bottom) < row.height / 2) ?? null;
}

/** Open the light bulb's menu at the cursor; gives back the titles in it. */
export async function openLightBulb(page: Page): Promise<readonly string[]> {
  const rows = page.locator(".action-widget .monaco-list-row.action");
  // As a person does: pressed while the server has not answered yet, the key says that there is nothing.
  await eventually("the light bulb's menu", async () => {
    await page.keyboard.press("ControlOrMeta+.");
    return rows
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => null,
      );
  });
  return rows.allInnerTexts();
}

/** Choose an entry of the open light bulb menu by words in its title. */
export async function chooseAction(page: Page, words: string): Promise<void> {
  await page.locator(".action-widget .monaco-list-row.action", { hasText: words }).first().click();
}

/** In the refactor preview: wait for it, tick every change, look at it, and apply. */
export async function acceptPreview(page: Page, see: () => Promise<void> = async () => {}): Promise<void> {
  const panel = page.locator(".bulk-edit-panel");
  await panel.locator(".edit-checkbox").first().waitFor();
  // Ticking a file ticks all its changes.
  const files = panel.locator(".monaco-list-row", { has: page.locator(".monaco-icon-label") });
  for (const file of await files.all()) {
    const box = file.locator(".edit-checkbox");
    if ((await box.getAttribute("aria-checked")) !== "true") await box.click();
    await file.locator('.edit-checkbox[aria-checked="true"]').waitFor();
  }
  await panel.locator('.edit-checkbox:not([aria-checked="true"])').first().waitFor({ state: "detached" });
  await see();
  await panel.getByRole("button", { name: "Apply" }).click();
  await panel.waitFor({ state: "hidden" });
}

/** Save all editors, as a person would from the command palette. */
export async function saveAll(page: Page): Promise<void> {
  await command(page, "File: Save All Files");
}

/** Run a command from the command palette by its title. */
export async function command(page: Page, title: string): Promise<void> {
  await pick(page, "F1", `>${title}`, page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }));
}

/** Waits for a notification that holds some words. @param timeout milliseconds */
export async function notification(page: Page, words: string, timeout = 30_000): Promise<Locator> {
  const toasts = page.locator(".notification-toast");
  const toast = toasts.filter({ hasText: words });
  try {
    await toast.first().waitFor({ timeout });
  } catch (error) {
    const shown = JSON.stringify(await toasts.allInnerTexts());
    throw new Error(`waited in vain for a notification "${words}"; there is: ${shown}`, { cause: error });
  }
  return toast;
}

/** Shows the hover at a place of the file in front, by keyboard, until it says something: the server may still be reading. */
export async function hoverSaying(page: Page, place: Place, words: RegExp): Promise<string> {
  let said = "";
  await goTo(page, place);
  return eventually(
    `a hover in line ${place.line} that says ${words}`,
    async () => {
      await page.keyboard.press("ControlOrMeta+K");
      await page.keyboard.press("ControlOrMeta+I");
      const hover = page.locator(".monaco-hover:not(.hidden)", { has: page.locator(".hover-row") }).first();
      // The problem is shown at once, what the server says of it a moment later.
      await hover
        .filter({ hasText: words })
        .waitFor({ timeout: 2000 })
        .catch(() => undefined);
      said = await hover.innerText({ timeout: 2000 }).catch(() => "");
      await page.keyboard.press("Escape");
      return words.test(said) ? said : null;
    },
    { instead: () => said },
  );
}
