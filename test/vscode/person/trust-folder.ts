import type { Page } from "playwright-core";

/** Trusts the opened folder on VS Code's page about trust, which is open, and goes back to the files. */
export async function trustFolder(page: Page): Promise<void> {
  const trust = page.locator(".workspace-trust-editor");
  await trust.getByRole("button", { name: "Trust", exact: true }).click();
  await trust.getByText("You trust this folder").waitFor();
  await page.getByRole("button", { name: /^Close Modal Editor/ }).click();
}
