// The one script that runs on whatever Node the machine has, with nothing installed yet: `node scripts/run.mjs <script> [arguments]`.
// It installs the dependencies if they are missing or stale, then hands over to scripts/<script>.ts under the project's own Node.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
/** The first Node that runs TypeScript files without a flag. */
const OLDEST_FOR_TYPESCRIPT = [22, 18];

const [script, ...rest] = process.argv.slice(2);
const scripts = readdirSync(join(root, "scripts"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
if (script === undefined || !scripts.includes(script)) {
  process.stderr.write(`usage: node scripts/run.mjs ${scripts.join("|")} [arguments]\n`);
  process.exit(2);
}

if (!dependenciesAreCurrent()) installDependencies();
const node = projectNode();
const child = spawn(node, [join(root, "scripts", `${script}.ts`), ...rest], {
  stdio: "inherit",
  env: {
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
    POSTMASTER_MACHINE_NODE: process.execPath,
  },
});
// Ctrl+C reaches the script by itself, and it is the one to end in its own way; what is sent to us alone is passed on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
child.on("exit", (code) => process.exit(code ?? 1));

/** Compares what the lock file asks for with what npm says it installed, by content: times of files mean little after a clone. */
function dependenciesAreCurrent() {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (installed === null) return false;
  const wanted = packagesOf(join(root, "package-lock.json")) ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.link || entry.optional) return true;
    return installed[path]?.version === entry.version && existsSync(join(root, path));
  });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages ?? {};
  } catch {
    return null;
  }
}

function installDependencies() {
  say("installing dependencies (npm ci); this takes about a minute the first time");
  const progress = process.stdout.isTTY ? ["--progress", "--loglevel", "error"] : ["--loglevel", "error"];
  const result = spawnSync(windows ? "npm.cmd" : "npm", ["ci", ...progress], {
    cwd: root,
    stdio: "inherit",
    shell: windows,
  });
  if (result.error)
    fail(
      `npm could not be started (${result.error.message}). Install Node.js 20 or newer with npm, then run this again.`,
    );
  if (result.status !== 0) fail("npm ci failed; its message is above. Nothing else was done.");
}

/** The npm package `node` brings the Node that everything is run with, so that the machine's own may be older. */
function projectNode() {
  const own = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
  // The package's placeholder is a few bytes long: only a file of some size is the program.
  const usable = () => existsSync(own) && statSync(own).size > 1_000_000;
  if (usable()) return own;
  say("the project's Node is missing, perhaps because install scripts are switched off: installing it");
  spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: join(root, "node_modules", "node"),
    stdio: "inherit",
  });
  if (usable()) return own;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor, needMinor] = OLDEST_FOR_TYPESCRIPT;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) {
    say(`using this machine's Node ${process.versions.node} instead`);
    return process.execPath;
  }
  return fail(
    `Node ${needMajor}.${needMinor} or newer is needed and this machine has ${process.versions.node}.\n` +
      "Either run `npm rebuild node` (it fetches the project's own Node), or install a newer Node, then run this again.",
  );
}

function say(text) {
  process.stdout.write(`postmaster: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`postmaster: ${text}\n`);
  process.exit(1);
}
