import { mkdir } from "node:fs/promises";
import { heloStory } from "../test/vscode/person/helo-story.ts";
import { openWorkbench } from "../test/vscode/person/workbench.ts";
import { extensionPackage } from "./lib/package-extension.ts";
import { inRoot } from "./lib/paths.ts";
import { main, say } from "./lib/say.ts";

const THEMES = { dark: "Default Dark Modern", light: "Default Light Modern" } as const;

/** Less around the log, and a font size at which one of its lines fits. */
const PLAIN = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 12,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.stickyScroll.enabled": false,
  "workbench.activityBar.location": "hidden",
};

// `npm run screenshots`: makes the README's pictures, dark and light, by living through what they show.
await main(async () => {
  const { vsix } = await extensionPackage();
  await mkdir(inRoot("docs", "images"), { recursive: true });
  for (const [name, theme] of Object.entries(THEMES)) {
    const settings = { ...PLAIN, "workbench.colorTheme": theme };
    const bench = await openWorkbench({ vsix, settings });
    try {
      // The side bar would take the room that a log line needs.
      await bench.page.keyboard.press("Control+B");
      await heloStory(bench, async (moment) => {
        const path = inRoot("docs", "images", `${moment}-${name}.png`);
        await bench.page.screenshot({ path, animations: "disabled" });
        say(`docs/images/${moment}-${name}.png`);
      });
    } finally {
      await bench.close();
    }
  }
  return 0;
});
