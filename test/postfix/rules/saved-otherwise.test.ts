import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { promisify } from "node:util";
import type { SavedAs } from "@postmaster/core/io/saved-as.ts";
import { withFiles } from "@postmaster/core/model/assemble.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { scratchFolder } from "../../server/scratch.ts";
import { postfixWords } from "../oracle/words.ts";

const RELEASE = parsePostfixVersion("3.7.11");
/** Else Postfix asks the DNS. */
const HOST = "myhostname = mail.example.com\n";
const SERVICE = "smtp inet n - n - - smtpd\n";

/** How each way of saving a text is written to the disk. */
const WAYS: Readonly<Record<SavedAs, (text: string) => Buffer>> = {
  "utf-8-mark": (text) => Buffer.from(`\uFEFF${text}`),
  "utf-16le-mark": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "utf-16le": (text) => Buffer.from(text, "utf16le"),
  "utf-16be-mark": (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  "utf-16be": (text) => Buffer.from(text, "utf16le").swap16(),
};

interface Sample {
  readonly file: string;
  readonly text: string;
  /** For a table. */
  readonly type?: string;
}

const SAMPLES: readonly Sample[] = [
  { file: "main.cf", text: `mail_name = Example\n${HOST}` },
  { file: "main.cf", text: `# of our server\n${HOST}` },
  { file: "master.cf", text: SERVICE },
  { file: "master.cf", text: `# service type\n${SERVICE}` },
  { file: "table", text: "anna@example.com bert\n", type: "texthash" },
  { file: "table", text: "anna@example.com bert\n", type: "lmdb" },
  { file: "table", text: "192.0.2.0/24 anna\n", type: "cidr" },
  { file: "table", text: "192.0.2.1 anna\n", type: "cidr" },
  { file: "table", text: "/^anna@/ bert\n", type: "pcre" },
  { file: "table", text: "/^anna@/ bert\n", type: "regexp" },
];

/** What comes before from 3.9 on, wherever there is a NUL byte. */
const OF_EVERY_NUL = "text after null byte may be ignored";

// These programs wait for a second or two and do nothing.
suite("what Postfix says first of a file saved on Windows is what the finding quotes", { concurrency: 10 }, () => {
  for (const [way, encode] of Object.entries(WAYS)) {
    for (const sample of SAMPLES) {
      test(`${way}: ${sample.type ?? sample.file}, ${JSON.stringify(sample.text)}`, async () => {
        await using folder = await scratchFolder();
        const spec = sample.type === undefined ? null : `${sample.type}:${folder.path("table")}`;
        await writeFile(folder.path("main.cf"), `${HOST}virtual_alias_maps = ${spec ?? ""}\n`);
        await writeFile(folder.path("master.cf"), SERVICE);
        await writeFile(folder.path(sample.file), encode(sample.text));
        const said = (await complaints(sample, spec, folder.folder)).filter((words) => words !== OF_EVERY_NUL);

        const load = { defaultOf: (name: string) => defaultOf(name, RELEASE) };
        const server = await loadMailServer(createNodeFilePort(), folder.folder, load);
        assert.ok(server);
        const decoded = withFiles(server, (file) =>
          file.savedAs === null ? file : { ...file, text: sample.text, encoding: "utf-8", version: 1 },
        );
        for (const [place, one] of [
          ["on the disk", server],
          ["in an editor that shows it decoded", decoded],
        ] as const) {
          const found = findingsIn(one, folder.path(sample.file));
          assert.deepEqual(
            found.map(({ ruleId, postfix }) => [ruleId, postfix]),
            [[way === "utf-8-mark" ? "byte-order-mark" : "text-in-utf16", said[0] ?? null]],
            `${place}; Postfix says ${JSON.stringify(said)}`,
          );
        }
      });
    }
  }
});

function findingsIn(server: MailServer, path: string) {
  return checkConfiguration(server, { postfixVersion: RELEASE }).filter(({ file }) => file.path === path);
}

/** What postconf(1) or postmap(1) prints about the file. */
async function complaints({ file, type }: Sample, spec: string | null, folder: string): Promise<readonly string[]> {
  const [program, ...words] =
    spec === null
      ? ["postconf", file === "main.cf" ? "-n" : "-M"]
      : ["postmap", ...(type === "lmdb" ? [spec] : ["-q", "192.0.2.9", spec])];
  const printed = await promisify(execFile)(program ?? "", ["-c", folder, ...words]).then(
    ({ stderr }) => stderr,
    (failure: unknown) => (failure instanceof Error && "stderr" in failure ? String(failure.stderr) : ""),
  );
  return printed
    .split("\n")
    .filter((line) => line !== "")
    .map(postfixWords);
}
