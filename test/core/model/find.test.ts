import assert from "node:assert/strict";
import test from "node:test";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { findIredapdSettings } from "@postmaster/core/model/find-iredapd.ts";
import { findServer, type ServerQuery } from "@postmaster/core/model/find-server.ts";
import { memoryFiles } from "./memory-files.ts";

const nothing: ServerQuery = { configDirectory: null, logPath: null, logHost: null, workspaceFolders: [] };
const system = memoryFiles({ "/etc/postfix/main.cf": "myhostname = mail.example.org\n" });

test("the setting wins, and nothing replaces it when it is wrong", async () => {
  const found = await findServer(system, { ...nothing, configDirectory: "/srv/wrong", logPath: "/var/log/mail.log" });
  assert.deepEqual(found, { directory: "/srv/wrong", how: "setting" });
});

test("beside and above the log, but not above the workspace", async () => {
  const port = memoryFiles({
    "/w/a/postfix/main.cf": "",
    "/w/a/logs/old/mail.log": "",
    "/main.cf": "",
    "/w/b/mail.log": "",
  });
  const at = (logPath: string, folder: string) => findServer(port, { ...nothing, logPath, workspaceFolders: [folder] });
  assert.deepEqual(await at("/w/a/logs/old/mail.log", "/w"), { directory: "/w/a/postfix", how: "near-log" });
  assert.equal(await at("/w/b/mail.log", "/w/b"), null);
  assert.deepEqual(await at("/elsewhere/mail.log", "/w"), { directory: "/w/a/postfix", how: "workspace" });
});

test("this machine's configuration only for this machine's log", async () => {
  const by = (query: Partial<ServerQuery>) => findServer(system, { ...nothing, ...query });
  const own = { directory: "/etc/postfix", how: "system" };
  assert.deepEqual(await by({ logPath: "/var/log/mail.log" }), own);
  assert.deepEqual(await by({ logHost: "MAIL.example.org" }), own);
  assert.equal(await by({ logHost: "mail", logPath: "/home/anna/mail.log" }), null);
  assert.equal(await by({ logPath: "/var/log/../../home/anna/mail.log" }), null);
});

test("a settings.py is iRedAPD's only if it imports iRedAPD's defaults", async () => {
  const port = memoryFiles({
    "/w/django/settings.py": "DEBUG = True\n",
    "/w/iredapd/settings.py": "from libs.default_settings import *\nplugins = []\n",
    "/opt/iredapd/settings.py": "from libs.default_settings import *\n",
  });
  const find = (folders: readonly string[], onThisMachine: boolean) =>
    findIredapdSettings(port, { setting: null, workspaceFolders: folders, onThisMachine });
  assert.equal((await find(["/w"], true))?.path, "/w/iredapd/settings.py");
  assert.equal((await find(["/w/django"], true))?.path, "/opt/iredapd/settings.py");
  assert.equal(await find(["/w/django"], false), null);
});

test("Dovecot's includes are read in order, within its folder", async () => {
  const port = memoryFiles({
    "/w/dovecot/dovecot.conf":
      "!include conf.d/*.conf\n!include /etc/dovecot/local.conf\n!include /etc/passwd\n!include ../secret.conf\n",
    "/w/dovecot/conf.d/20-imap.conf": "",
    "/w/dovecot/conf.d/10-auth.conf": "!include_try 10-auth.conf\n",
    "/w/dovecot/conf.d/notes.txt": "",
    "/w/dovecot/local.conf": "",
    "/w/secret.conf": "",
    "/etc/passwd": "",
  });
  const found = await findDovecot(port, { setting: null, workspaceFolders: ["/w"], onThisMachine: false });
  assert.deepEqual(
    found?.files.map(({ file }) => file.path),
    [
      "/w/dovecot/dovecot.conf",
      "/w/dovecot/conf.d/10-auth.conf",
      "/w/dovecot/conf.d/20-imap.conf",
      "/w/dovecot/local.conf",
    ],
  );
});
