import { readFile } from "node:fs/promises";

/** The bundled script and style sheet of the views, for a page that stands alone. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Beside this bundle; from sources, where bundles are put. @throws if they were not built */
export async function pageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all([asset("view.js"), asset("view.css")]);
  return { script, style };
}

async function asset(name: string): Promise<string> {
  try {
    return await readFile(new URL(`./${name}`, import.meta.url), "utf8");
  } catch {
    return readFile(new URL(`../../../dist/${name}`, import.meta.url), "utf8");
  }
}
