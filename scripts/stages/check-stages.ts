import { inRoot } from "../lib/paths.ts";
import { runCommand } from "../lib/run-command.ts";
import { runTool } from "../lib/tool.ts";
import { failed, passed, type Stage } from "./stage.ts";

/** The stages that are one run of one tool over the sources. */
export const checkStages: readonly Stage[] = [
  {
    name: "generate",
    title: "generated files are fresh",
    needs: [],
    async run() {
      const { code } = await runCommand(process.execPath, [inRoot("scripts", "generate.ts"), "--check"]);
      return code === 0 ? passed() : failed("run `npm run generate` and commit the result");
    },
  },
  toolStage("format", "format (biome)", "@biomejs/biome", ["ci", "--colors=off", "."]),
  toolStage("lint", "lint, with types (oxlint)", "oxlint", ["--deny-warnings"]),
  toolStage("knip", "nothing unused (knip)", "knip", ["--no-progress"]),
  toolStage("typecheck", "types (tsc)", "typescript", ["-b"]),
];

function toolStage(name: string, title: string, packageName: string, args: readonly string[]): Stage {
  return {
    name,
    title,
    needs: [],
    async run() {
      const { code } = await runTool(packageName, args);
      return code === 0 ? passed() : failed(`${packageName} found something; it is named above`);
    },
  };
}
