import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { extensionPackage } from "./lib/package-extension.ts";
import { inRoot } from "./lib/paths.ts";
import { runCommand } from "./lib/run-command.ts";
import { main, say } from "./lib/say.ts";
import { which } from "./lib/which.ts";
import { serve } from "./vscode/serve.ts";

/** What is seen first: a log, at the first of its mistakes with a fix. An empty editor shows a newcomer nothing. */
const FIRST_FILE = ["samples", "mail.log"];
const FIRST_LINE = 43;

// `npm start`: a real VS Code with the extension on samples/. `-- --browser` uses the browser-based one even where `code` is installed.
// The samples are edited in place: undo in the editor, or `git checkout samples` puts them back.
await main(async () => {
  const { values } = parseArgs({ options: { browser: { type: "boolean", default: false } } });
  say("building and packaging the extension");
  const { folder, vsix } = await extensionPackage();
  const desktop = values.browser ? null : which("code");
  return desktop === null ? inBrowser(vsix) : onDesktop(desktop, folder);
});

async function onDesktop(code: string, extension: string): Promise<number> {
  say(`opening VS Code (${code}) on samples/`);
  const place = ["--goto", `${inRoot(...FIRST_FILE)}:${FIRST_LINE}`];
  const result = await runCommand(code, [`--extensionDevelopmentPath=${extension}`, inRoot("samples"), ...place]);
  if (result.code === 0) tellAboutUndo();
  return result.code;
}

async function inBrowser(vsix: string): Promise<number> {
  say("no desktop VS Code is used: starting the one for the browser");
  // A token of its own for every start: without it any user of this machine could open the editor, and a terminal in it.
  const token = randomBytes(24).toString("base64url");
  const server = await serve({
    token,
    testDriver: false,
    // The folder is part of this very checkout, whose code its user is running anyway.
    trustAll: true,
    settings: {
      "chat.disableAIFeatures": true,
      "workbench.startupEditor": "none",
      "workbench.secondarySideBar.defaultVisibility": "hidden",
      "telemetry.telemetryLevel": "off",
      // Questions that have nothing to do with mail.
      "git.openRepositoryInParentFolders": "never",
      "remote.autoForwardPorts": false,
    },
    extensions: [vsix],
  });
  const file = `vscode-remote://${server.authority}${inRoot(...FIRST_FILE)}:${FIRST_LINE}`;
  const first = [
    ["openFile", file],
    ["gotoLineMode", "true"],
  ];
  const query = new URLSearchParams({ tkn: token, folder: inRoot("samples"), payload: JSON.stringify(first) });
  process.stdout.write(`\n  http://${server.authority}/?${query.toString().replaceAll("+", "%20")}\n\n`);
  say("open that address in a browser on this machine; it ends with Ctrl+C");
  tellAboutUndo();
  const interrupted = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await Promise.race([interrupted, server.ended]);
  await server.stop();
  return 0;
}

function tellAboutUndo(): void {
  say("fixes change the files in samples/; undo takes each back, and `git checkout samples` takes all back");
}
