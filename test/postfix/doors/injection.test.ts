import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { command, postmapQuery } from "../fixes/scratch-postfix.ts";
import { settle } from "../settle.ts";
import { type HostileEdit, hostileEdits } from "./hostile-edit.ts";

const SAMPLE = 320;
const AT_ONCE = 4;

test("the real Postfix, Python and shell find in an edited file what was meant, and nothing else", async (context) => {
  const root = await mkdtemp(path.join(tmpdir(), "postmaster-doors-"));
  context.after(() => rm(root, { recursive: true, force: true }));
  // All samples lie, one after the other, where the configuration says its tables are.
  const edits = await hostileEdits(path.join(root, "live"), SAMPLE);
  const counts = new Map<string, number>();
  const waiting = [...edits.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, edit] = next;
      await tryEdit(edit, path.join(root, String(index)));
      counts.set(edit.purpose, (counts.get(edit.purpose) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await comparePython(edits);
  context.diagnostic(
    `${edits.length} edits: ${[...counts].map(([purpose, count]) => `${count} ${purpose}`).join(", ")}`,
  );
  assert.ok(edits.length >= 300 && counts.size >= 5);
});

async function tryEdit(edit: HostileEdit, folder: string): Promise<void> {
  const edited = path.join(folder, "edited");
  const commanded = path.join(folder, "commanded");
  for (const directory of [edited, commanded]) await mkdir(directory, { recursive: true });
  const base = { "main.cf": "compatibility_level = 3.6\n", "master.cf": "" };
  for (const [name, text] of Object.entries(base)) {
    await writeFile(path.join(edited, name), text);
    await writeFile(path.join(commanded, name), text);
  }
  for (const { name, before, after } of edit.files) {
    await writeFile(path.join(edited, name), after);
    await writeFile(path.join(edited, `before.${name}`), before);
    await writeFile(path.join(commanded, name), before);
  }
  settle(edited);
  settle(commanded);
  const words = JSON.stringify(edit.line);
  await runCommands(edit, commanded);
  settle(commanded);
  for (const { name, before, after } of edit.files) {
    if (name === "main.cf") {
      const [was, is, said] = await Promise.all([
        shown(before, path.join(folder, "was")),
        command("postconf", ["-c", edited, "-n"]),
        command("postconf", ["-c", commanded, "-n"]),
      ]);
      assert.equal(withoutPath(is), withoutPath(said), `${words}: the commands do something else`);
      const changed = withoutPath(is)
        .split("\n")
        .filter((line) => !withoutPath(was).split("\n").includes(line));
      assert.equal(changed.length, 1, `${words}: ${changed.join("\n")}`);
    } else {
      assert.equal(await readFile(path.join(commanded, name), "utf8"), after, `${words}: the commands`);
      if (!name.endsWith(".py")) await compareTable(edit, name, edited);
    }
  }
}

async function shown(text: string, directory: string): Promise<string> {
  await mkdir(directory);
  await writeFile(path.join(directory, "main.cf"), text);
  settle(directory);
  return command("postconf", ["-c", directory, "-n"]);
}

function withoutPath(postconf: string): string {
  return postconf.replace(/^config_directory = .*\n/m, "");
}

/** The one name is answered anew, all that look like it as before. */
async function compareTable(edit: HostileEdit, name: string, directory: string): Promise<void> {
  const type = name.includes(".") ? name.slice(name.indexOf(".") + 1) : "texthash";
  const { helo = "", sender = "" } = edit.line.values;
  const meant = name === "logins" ? sender : helo;
  const others = [`${meant}x`, `x${meant}`, meant.slice(1), "other", "pc.local", "spam.example.net"].filter(
    (key) => key !== "" && key.toLowerCase() !== meant.toLowerCase(),
  );
  const was = await postmapQuery(directory, `${type}:${directory}/before.${name}`, [meant, ...others]);
  const is = await postmapQuery(directory, `${type}:${directory}/${name}`, [meant, ...others]);
  const words = `${JSON.stringify(edit.line.values)} in ${name}`;
  assert.deepEqual(is.slice(1), was.slice(1), words);
  assert.notEqual(is[0], was[0], words);
  assert.match(is[0] ?? "", name === "logins" ? /^[^\s,]+$/ : /^(OK|DUNNO)$/, words);
}

/** The commands as a person pastes them, with each program they may name in place of the real one; any other is an error. */
async function runCommands(edit: HostileEdit, directory: string): Promise<void> {
  const programs = `
postconf() { command postconf -c "$DIRECTORY" "$@"; }
patch() { [ $# = 1 ] && command patch --quiet --no-backup-if-mismatch "$DIRECTORY/\${1##*/}"; }
postmap() { :; }
postfix() { [ "$*" = reload ]; }
systemctl() { [ "$*" = "restart iredapd" ] || [ "$*" = "restart postfix" ]; }
`;
  assert.ok(edit.offer.commands.length > 0, `${edit.offer.title} has no commands`);
  const said = await new Promise<string>((resolve, reject) => {
    execFile(
      "sh",
      ["-c", `${programs}set -e\n${edit.offer.commands.join("\n")}`],
      { cwd: directory, env: { PATH: "/usr/sbin:/usr/bin:/bin", DIRECTORY: directory } },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout + stderr);
        else reject(new Error(`${edit.offer.commands.join("\n")}\n${stderr}`, { cause: error }));
      },
    );
  });
  assert.equal(said, "", edit.offer.commands.join("\n"));
}

const READ = `
import ast, json, sys
def read(text):
    settings = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom): continue
        assert isinstance(node, ast.Assign) and len(node.targets) == 1, ast.dump(node)
        settings[node.targets[0].id] = ast.literal_eval(node.value)
    return settings
print(json.dumps([[read(one["before"]), read(one["after"])] for one in json.load(sys.stdin)]))
`;

/** Python reads the settings as they were, and one more item: the value itself. */
async function comparePython(edits: readonly HostileEdit[]): Promise<void> {
  const files = edits.flatMap((edit) =>
    edit.files.filter(({ name }) => name.endsWith(".py")).map((file) => ({ edit, ...file })),
  );
  assert.ok(files.length >= 30, `only ${files.length} edits of settings.py`);
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile("python3", ["-c", READ], (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(JSON.stringify(files.map(({ before, after }) => ({ before, after }))));
  });
  const read: unknown = JSON.parse(output);
  assert.ok(Array.isArray(read) && read.length === files.length);
  for (const [index, { edit }] of files.entries()) {
    const pair: unknown = read[index];
    assert.ok(Array.isArray(pair));
    const [was, is] = pair.map((settings: unknown) => leaves(settings));
    const more = (is ?? []).filter((leaf) => !(was ?? []).includes(leaf));
    const values = [...Object.values(edit.line.values), ...Object.values(edit.line.answers)];
    assert.equal(more.length, 1, more.join("\n"));
    assert.ok(
      values.some((value) => more[0]?.endsWith(` ${value}`)),
      more[0],
    );
    assert.deepEqual(
      (is ?? []).filter((leaf) => !more.includes(leaf)),
      was,
    );
  }
}

function leaves(settings: unknown): readonly string[] {
  assert.ok(typeof settings === "object" && settings !== null);
  return Object.entries(settings).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((item) => `${name} ${String(item)}`) : [`${name} ${String(value)}`],
  );
}
