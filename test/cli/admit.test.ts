import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite, type TestContext, test } from "node:test";
import { dig } from "./json-values.ts";
import { postmaster } from "./run-cli.ts";

const MAIN = `mydestination = example.com
local_recipient_maps = inline:{anna=x}
mynetworks = 127.0.0.1
smtpd_client_restrictions =
    permit_mynetworks
    check_client_access pcre:/etc/postfix/clients
    reject_rbl_client bl.example
smtpd_relay_restrictions = reject_unauth_destination
`;

async function configuration(context: TestContext, main = MAIN): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "postmaster-"));
  context.after(() => rm(directory, { recursive: true }));
  await writeFile(path.join(directory, "main.cf"), main);
  await writeFile(path.join(directory, "master.cf"), "smtp inet n - y - - smtpd\n");
  await writeFile(path.join(directory, "clients"), "# dynamic addresses\n/^(dyn)-/ 550 5.7.1 no $1 hosts\n");
  return directory;
}

suite("admit", () => {
  test("each step with its line, the deciding one marked", async (context) => {
    const cwd = await configuration(context);
    const args = [
      "admit",
      "--client",
      "192.0.2.1/dyn-1.example",
      "--sender",
      "x@y.example",
      "--recipient",
      "anna@example.com",
    ];
    const { code, out } = await postmaster(args, { cwd });
    assert.equal(
      out,
      `smtp/inet of .

smtpd_client_restrictions
     permit_mynetworks                              192.0.2.1 is not in mynetworks  main.cf:5
=> x check_client_access pcre:/etc/postfix/clients  550 5.7.1 no dyn hosts → 550 5.7.1  main.cf:6  clients:2

Refused at RCPT TO: 550 5.7.1 <dyn-1.example[192.0.2.1]>: Client host rejected: no dyn hosts
`,
    );
    assert.equal(code, 1);
  });

  test("what is not known is named with the words that tell it, and is exit status 3", async (context) => {
    const cwd = await configuration(context);
    const args = ["admit", "--client", "192.0.2.1", "--recipient", "<anna@example.com>"];
    const asked = await postmaster(args, { cwd });
    assert.match(asked.out, /Let in, unless something that is not known here refuses it\./);
    assert.match(asked.out, /--assume 'reject_rbl_client bl\.example=pass' {2}\(or reject\)/);
    assert.equal(asked.code, 3);
    const told = await postmaster([...args, "--assume", "reject_rbl_client bl.example=pass"], { cwd });
    assert.match(told.out, /\nLet in\.\n/);
    assert.equal(told.code, 0);
  });

  test("as JSON", async (context) => {
    const cwd = await configuration(context);
    const args = ["admit", "--format", "json", "--client", "192.0.2.1/a.example", "--recipient", "x@other.example"];
    const { code, out } = await postmaster(args, { cwd });
    const report: unknown = JSON.parse(out);
    assert.equal(dig(report, "verdict"), "rejected");
    assert.equal(dig(report, "certain"), true);
    assert.equal(dig(report, "reply", "code"), 554);
    assert.equal(dig(report, "decided_by", "restriction"), "reject_unauth_destination");
    assert.equal(dig(report, "decided_by", "places", 0, "line"), 8);
    assert.equal(code, 1);
  });

  test("an open relay", async (context) => {
    const closed = await postmaster(["admit", "--open-relay"], { cwd: await configuration(context) });
    assert.match(
      closed.out,
      /^smtp\/inet: closed\. .* reject_unauth_destination in smtpd_relay_restrictions {2}main\.cf:8\n$/,
    );
    assert.equal(closed.code, 0);
    const doubtful = MAIN.replace("= reject_unauth", "= check_helo_access inline:{a=OK} reject_unauth");
    const doors = await postmaster(["admit", "--open-relay"], { cwd: await configuration(context, doubtful) });
    assert.match(doors.out, /closed only if these let no stranger pass:\n {2}check_helo_access/);
    assert.equal(doors.code, 3);
    const open = MAIN.replace("= reject_unauth", "= permit, reject_unauth");
    const unserved = await postmaster(["admit", "--open-relay"], { cwd: await configuration(context, open) });
    assert.match(unserved.out, /^No smtpd service serves anybody/);
  });

  test("mistakes are named", async (context) => {
    const cwd = await configuration(context);
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /--client ADDRESS\[\/NAME\] and --recipient/],
      [["--client", "somewhere", "--recipient", "a@b"], /takes an address, or address\/name, not “somewhere”/],
      [
        ["--client", "192.0.2.1", "--recipient", "a@b", "--service", "smtps"],
        /no smtpd service is called “smtps”; there are smtp/,
      ],
      [["--client", "192.0.2.1", "--recipient", "a@b", "--assume", "x"], /--assume takes/],
      [
        ["--client", "192.0.2.1", "--recipient", "a@b", "--config", "none"],
        /there is no main\.cf that can be read in .*none/,
      ],
      [["--open-relay", "--client", "192.0.2.1"], /leave out --client/],
    ];
    for (const [args, expected] of cases) {
      const { code, err } = await postmaster(["admit", ...args], { cwd });
      assert.match(err, expected);
      assert.equal(code, 2);
    }
  });
});
