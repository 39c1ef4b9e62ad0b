import { tryProgram } from "../../../proof/lib/run-program.ts";

/** The programs that situations start beside Postfix, by system: what the catalogue calls them, and what tells their release. */
const PROGRAMS = {
  opendkim: ["OpenDKIM", ["opendkim", "-V"]],
  opendmarc: ["OpenDMARC", ["opendmarc", "-V"]],
  postgrey: ["Postgrey", ["postgrey", "--version"]],
  postsrsd: ["PostSRSd", ["postsrsd", "-v"]],
  rspamd: ["Rspamd", ["rspamd", "--version"]],
  clamav: ["ClamAV", ["clamd", "--version"]],
  spamassassin: ["SpamAssassin", ["spamd", "--version"]],
  // These have no option that tells.
  "policyd-spf": ["policyd-spf", ["dpkg-query", "--show", "--showformat=${Version}", "postfix-policyd-spf-python"]],
  sqlgrey: ["SQLgrey", ["dpkg-query", "--show", "--showformat=${Version}", "sqlgrey"]],
  "mta-sts-daemon": [
    "MTA-STS resolver",
    ["dpkg-query", "--show", "--showformat=${Version}", "postfix-mta-sts-resolver"],
  ],
} as const;

/** Such as `OpenDKIM 2.11`, by system. @throws if a program is missing */
export async function neighbourReleases(): Promise<Readonly<Record<string, string>>> {
  const found = Object.entries(PROGRAMS).map(async ([system, [name, [program, ...words]]]) => {
    const { output } = await tryProgram(program, words);
    return [system, `${name} ${/\d+\.\d+/.exec(output)?.[0] ?? "of this machine"}`] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
