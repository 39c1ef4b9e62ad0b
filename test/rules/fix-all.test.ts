import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { allSafeEdits, fittingSafeFixes } from "@postmaster/core/rules/safe-edits.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { checkFiles, checkServer, type Files, serverOfFiles } from "./check-files.ts";
import { type Fixture, filesOf, fixtures } from "./fixtures.ts";

const DIRECTORY = "/etc/postfix";

/** The files after all safe fixes for one of them, as an editor applies them on saving. */
function mended(files: Files, name: string, given: Fixture | null = null): Files {
  const server = serverOfFiles(files, given);
  const file = [server.main.file, server.master?.file, ...tableFiles(server)].find(
    (one) => one?.path === `${DIRECTORY}/${name}`,
  );
  if (file === undefined) return files;
  const edits = allSafeEdits(server, file, (now) => checkServer(now, given));
  return { ...files, [name]: applyEdits(file.text, edits) };
}

function tableFiles(server: ReturnType<typeof serverOfFiles>) {
  return [...server.tables.values()].flatMap(({ content }) => ("file" in content ? [content.file] : []));
}

suite("all safe fixes at once", () => {
  for (const fixture of fixtures()) {
    test(`${fixture.name}: nothing is left that is safe to mend`, () => {
      const files = filesOf(fixture, DIRECTORY);
      for (const name of Object.keys(files)) {
        const after = checkFiles(mended(files, name, fixture), fixture);
        assert.deepEqual(fittingSafeFixes(after, `${DIRECTORY}/${name}`).edits, []);
      }
    });
  }

  test("fixes that touch each other are made one after the other, and come as one edit", () => {
    const main = "mail_name = a\nmail_name = b\nsmtp_use_tls = yes\nmail_name = c";
    assert.equal(
      mended({ "main.cf": main }, "main.cf")["main.cf"],
      "# mail_name = a\n# mail_name = b\nsmtp_tls_security_level = may\nmail_name = c\n",
    );
  });

  test("what is to be reviewed is left alone", () => {
    const main = "smptd_helo_required = yes\nrelayhost = x # y\n";
    assert.equal(mended({ "main.cf": main }, "main.cf")["main.cf"], main);
  });
});
