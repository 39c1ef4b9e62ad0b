import assert from "node:assert/strict";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver";
import { readJsonRecord } from "../../scripts/lib/json.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { readSettings } from "../../scripts/lib/settings.ts";
import { SAMPLES, scratch } from "../cli/run-cli.ts";
import { type StdioServer, startStdioServer } from "./lib/stdio-server.ts";

const TRAPS = ["no-network.mjs", "watch-files.mjs"].flatMap((name) => [
  "--import",
  new URL(`./lib/${name}`, import.meta.url).href,
]);

/** Asks for whatever could lead out of the folder. */
async function askAround(server: StdioServer, folder: string): Promise<void> {
  for (const name of ["mail.log", "postfix/main.cf"]) {
    const textDocument = { uri: pathToFileURL(path.join(folder, name)).href };
    const report: { items?: Diagnostic[] } = await server.connection.sendRequest("textDocument/diagnostic", {
      textDocument,
    });
    await server.connection.sendRequest("postmaster/status", textDocument);
    await server.connection.sendRequest("textDocument/documentLink", { textDocument });
    for (const { range } of report.items ?? []) {
      const context = { diagnostics: [] };
      await server.connection.sendRequest("textDocument/hover", { textDocument, position: range.start });
      await server.connection.sendRequest("textDocument/completion", { textDocument, position: range.start });
      await server.connection.sendRequest("textDocument/codeAction", { textDocument, range, context });
    }
  }
}

function touchedOutside(server: StdioServer, folder: string): readonly string[] {
  const touched = server
    .stderr()
    .split("\n")
    .filter((line) => line.startsWith("TOUCHED "));
  const files = touched.map((line) => line.split(" ").slice(2).join(" "));
  // Which system this is decides how a service is restarted, and is no secret of anybody's.
  return [...new Set(files)].filter(
    (file) => file !== folder && !file.startsWith(`${folder}/`) && file !== "/etc/os-release",
  );
}

test("until it is trusted, a workspace leads the server to no file outside, and to no program", async (context) => {
  const folder = await scratch(context, SAMPLES);
  const outside = await scratch(context);
  await cp(path.join(SAMPLES, "postfix"), outside, { recursive: true });
  // A stranger's workspace: links that lead out, tables that lie elsewhere, settings that name other folders.
  await symlink(outside, path.join(folder, "elsewhere"));
  await symlink("/etc/shadow", path.join(folder, "postfix", "shadow"));
  const main = path.join(folder, "postfix", "main.cf");
  const more = `smtpd_client_restrictions = check_client_access texthash:/etc/shadow, check_client_access texthash:${outside}/virtual, check_client_access texthash:/etc/postfix/shadow, check_client_access texthash:/etc/postfix/../../../../etc/passwd\n`;
  await writeFile(main, `${await readFile(main, "utf8")}${more}`);
  const settings = {
    configDirectory: outside,
    iredapdSettings: `${outside}/settings.py`,
    dovecotConfig: outside,
    postfixCommandDirectory: outside,
  };
  process.env["POSTMASTER_SOURCES"] = inRoot();
  const server = await startStdioServer(folder, TRAPS, { settings, trusted: false });
  for (const [name, languageId] of [
    ["mail.log", "postfix-log"],
    ["postfix/main.cf", "postfix-main-cf"],
  ] as const) {
    const file = path.join(folder, name);
    const textDocument = { uri: pathToFileURL(file).href, languageId, version: 1, text: await readFile(file, "utf8") };
    await server.connection.sendNotification("textDocument/didOpen", { textDocument });
  }
  await askAround(server, folder);
  assert.deepEqual(touchedOutside(server, folder), []);
  assert.doesNotMatch(server.stderr(), /FORBIDDEN/);

  await server.connection.sendNotification("postmaster/trust", { trusted: true });
  await askAround(server, folder);
  const trusted = touchedOutside(server, folder);
  assert.ok(
    trusted.some((file) => file.startsWith(outside)),
    "once it is trusted, its settings count",
  );
  assert.ok(!trusted.includes("/etc/shadow"), "and even then not every file is read");
  await server.stop();
});

test("settings that name places are restricted in an untrusted workspace, those that name programs belong to the machine", () => {
  const manifest = JSON.stringify(readJsonRecord(inRoot("package.json"))["capabilities"]);
  assert.match(manifest, /"untrustedWorkspaces":\{"supported":"limited"/);
  for (const { id, schema } of readSettings()) {
    const name = id.replace("postmaster.", "");
    if (/command|executable|program/i.test(name)) assert.equal(schema["scope"], "machine", id);
    else if (/directory|settings$|config$|path|file$/i.test(name)) assert.ok(manifest.includes(`"${id}"`), id);
  }
});
