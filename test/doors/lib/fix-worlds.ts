import type { FixContext } from "@postmaster/core/fixes/fix-context.ts";
import type { DovecotConfiguration } from "@postmaster/core/model/find-dovecot.ts";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { aServer } from "../../core/model/a-server.ts";
import { type FileTraits, memoryFile, memoryFiles } from "../../core/model/memory-files.ts";
import { plainPatterns } from "../../core/model/plain-patterns.ts";

/** Configurations in which every purpose finds something to do. */
export interface FixWorld {
  readonly name: string;
  readonly context: Omit<FixContext, "answers">;
}

const REPLY =
  "ACCESS DENIED. Your email was rejected because the sending mail server does not identify itself correctly";
const PATTERNS = `# HELO names\n/\\.local$/ REJECT ${REPLY} (.local)\n/^spam/ REJECT no\n`;
const NAMES = `# HELO names\nspam.example.net REJECT no\npc.local REJECT ${REPLY} (.local)\n`;

/** Helo tables by type: the file's name says how it is read (see leaves.ts). */
const HELO_TABLES: Readonly<Record<string, { readonly file: string; readonly text: string } | null>> = {
  pcre: { file: "helo.pcre", text: PATTERNS },
  regexp: { file: "helo.regexp", text: PATTERNS },
  texthash: { file: "helo", text: NAMES },
  inline: null,
  none: null,
};

const SETTINGS_PY = `from libs.default_settings import *
listen_port = '7777'
plugins = ['reject_null_sender', 'greylisting']
ALLOWED_FORGED_SENDERS = [
    'boss@example.com',
]
`;

/** What is the matter with all files of a world. */
export interface Alteration {
  readonly text: (text: string) => string;
  readonly traits?: FileTraits;
}

const USUAL: Alteration = { text: (text) => text };

/** The worlds, and one without any configuration. `directory`: where their files are said to lie; they are not written. */
export async function fixWorlds({
  directory,
  alter = USUAL,
}: {
  readonly directory?: string;
  readonly alter?: Alteration;
} = {}): Promise<readonly FixWorld[]> {
  const dovecot = await aDovecot(alter);
  const iredapd = memoryFile("/home/anna/mail/iredapd/settings.py", alter.text(SETTINGS_PY), alter.traits);
  const rest = {
    patternMatcher: plainPatterns,
    tableTypes: null,
    osFamily: "debian" as const,
    origin: { program: "postfix/smtpd", message: "" },
  };
  const worlds: FixWorld[] = [];
  for (const [type, table] of Object.entries(HELO_TABLES)) {
    const files = worldFiles(type, directory ?? "/etc/postfix");
    const altered = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, alter.text(text)]));
    const server = await aServer(altered, {
      ...(directory === undefined ? {} : { directory }),
      ...(alter.traits === undefined ? {} : { traits: alter.traits }),
    });
    worlds.push({ name: table === null ? type : `${type} table`, context: { ...rest, server, iredapd, dovecot } });
  }
  worlds.push({ name: "no configuration", context: { ...rest, server: null, iredapd: null, dovecot: null } });
  return worlds;
}

function worldFiles(type: string, directory: string): Readonly<Record<string, string>> {
  const table = HELO_TABLES[type];
  const lookup =
    table === null || table === undefined
      ? type === "inline"
        ? "check_helo_access inline:{other=OK}, "
        : ""
      : `check_helo_access ${type}:${directory}/${table.file}, `;
  return {
    "main.cf": `# a mail server
myhostname = example.com
mydestination = $myhostname, localhost
virtual_mailbox_domains = example.com
virtual_alias_expansion_limit = 1000
smtpd_helo_restrictions = permit_mynetworks, ${lookup}reject_non_fqdn_helo_hostname,
    reject_unknown_helo_hostname
smtpd_sender_login_maps = texthash:${directory}/logins
smtpd_recipient_restrictions = reject_sender_login_mismatch, check_policy_service inet:127.0.0.1:7777
smtpd_relay_restrictions = reject_unauth_destination
`,
    "master.cf": "smtp inet n - n - - smtpd\n",
    logins: "boss@example.com boss@example.com\n",
    ...(table === null || table === undefined ? {} : { [table.file]: table.text }),
  };
}

async function aDovecot({ text, traits = {} }: Alteration): Promise<DovecotConfiguration | null> {
  const file = "/home/anna/mail/dovecot/dovecot.conf";
  const port = memoryFiles({ [file]: text("ssl = yes\nprotocols = imap\n") }, { [file]: traits });
  return findDovecot(port, {
    setting: "/home/anna/mail/dovecot",
    workspaceFolders: [],
    onThisMachine: false,
  });
}
