/** What a launcher needs to run the suite in one VS Code. All paths are absolute. */
export interface LaunchOptions {
  /** Folder of the extension under test: an unpacked package. */
  readonly extension: string;
  /** The bundled suite, a CommonJS file that exports `run()`. */
  readonly suite: string;
  /** Folder that is opened; the tests change files in it. */
  readonly workspace: string;
  /** Where the suite writes its results. */
  readonly report: string;
  /** Where VS Code's own console goes, for when something is wrong with the run itself. */
  readonly console: string;
  /** How long the whole run may take, in milliseconds. */
  readonly timeLimit: number;
}

/** How a VS Code run ended: its exit code, or null where it had to be stopped after the time limit. */
export type LaunchOutcome = number | null;

/** Settings under which every automated VS Code runs: nothing pops up, nothing is fetched. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  // Else it tells of whatever listens on this machine.
  "remote.autoForwardPorts": false,
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};
