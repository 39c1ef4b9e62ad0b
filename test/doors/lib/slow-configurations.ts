/** A configuration made to be slow, in the size that is asked for: file names and texts. */
export type SlowConfiguration = (size: number) => Readonly<Record<string, string>>;

function lines(size: number, line: (index: number) => string): string {
  return `${Array.from({ length: size }, (_, index) => line(index)).join("\n")}\n`;
}

const CHECK = "smtpd_relay_restrictions = reject_unauth_destination\n";

/** What somebody puts into a configuration so that its reader counts for ever, or steps too deep. */
export const SLOW_CONFIGURATIONS: Readonly<Record<string, SlowConfiguration>> = {
  "many parameters": (size) => ({ "main.cf": lines(size, (at) => `own${at} = $own${at - 1}`) }),
  "one parameter many times": (size) => ({ "main.cf": lines(size, (at) => `mydestination = a${at}.example`) }),
  "misspelt parameters": (size) => ({ "main.cf": lines(size, (at) => `smtpd_helo_restrictoins${at} = x${at}`) }),
  "parameters that double each other": (size) => ({
    "main.cf": `${lines(size, (at) => `d${at} = $d${at + 1}$d${at + 1}`)}mydestination = $d0\nd${size} = x\n`,
  }),
  "a circle of parameters": (size) => ({
    "main.cf": `${lines(size, (at) => `c${at} = $c${(at + 1) % size}`)}mydestination = $c0\n`,
  }),
  "conditions in conditions": (size) => ({ "main.cf": `a = ${"${a?".repeat(size)}x${"}".repeat(size)}\n` }),
  "comparisons in comparisons": (size) => ({ "main.cf": `a = ${"${{".repeat(size)}x${"}=={y}?{z}}".repeat(size)}\n` }),
  "open braces": (size) => ({ "main.cf": `a = ${"{".repeat(size)}\nmydestination = ${"{ ".repeat(size)}\n` }),
  "open macros": (size) => ({
    "main.cf": `a = ${"${".repeat(size)}\nb = ${"$(".repeat(size)}\nc = ${"$".repeat(size)}\n`,
  }),
  "a long list": (size) => ({
    "main.cf": `mydestination = ${lines(size, (at) => ` a${at}.example,`).trim()}\nrelay_domains = ${lines(size, (at) => ` a${at}.example,`).trim()}\n`,
  }),
  "many networks": (size) => ({
    "main.cf": `mynetworks = ${lines(size, (at) => ` 10.${at >> 8}.${at & 255}.1/24`).trim()}\n`,
  }),
  "a long list of restrictions": (size) => ({
    "main.cf": `${CHECK}smtpd_recipient_restrictions = ${lines(size, (at) => ` check_client_access inline:{a${at}=OK},`).trim()} reject\n`,
  }),
  "restriction classes that double each other": (size) => ({
    "main.cf": `${CHECK}smtpd_restriction_classes = ${lines(size, (at) => ` r${at}`).trim()}
${lines(size, (at) => `r${at} = r${at + 1}, r${at + 1}`)}smtpd_recipient_restrictions = r0, reject\n`,
  }),
  "restriction classes in a circle": (size) => ({
    "main.cf": `${CHECK}smtpd_restriction_classes = ${lines(size, (at) => ` r${at}`).trim()}
${lines(size, (at) => `r${at} = permit_mynetworks, r${(at + 1) % size}`)}smtpd_recipient_restrictions = r0, reject\n`,
  }),
  "many services": (size) => ({
    "main.cf": CHECK,
    "master.cf": lines(
      size,
      (at) => `127.0.0.1:${at} inet n - n - - smtpd -o syslog_name=a${at}\n  -o smtpd_sender_restrictions=reject,$x`,
    ),
  }),
  "one service many times": (size) => ({
    "main.cf": CHECK,
    "master.cf": lines(size, () => "smtp inet n - n - - smtpd -o a=b"),
  }),
  "many options of one service": (size) => ({
    "main.cf": CHECK,
    "master.cf": `smtp inet n - n - - smtpd\n${lines(size, (at) => `  -o own${at}=x$own${at - 1}`)}`,
  }),
  "a table of names": (size) => ({
    "main.cf": `${CHECK}smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/table, reject\n`,
    table: lines(size, (at) => `a${at}@example.com REJECT no ${at}`),
  }),
  "one name many times": (size) => ({
    "main.cf": `${CHECK}smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/table, reject\n`,
    table: lines(size, () => "a@example.com REJECT no"),
  }),
  "a table of patterns": (size) => ({
    "main.cf": `${CHECK}smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/t.pcre, reject\n`,
    "t.pcre": lines(size, (at) => `/^a${at}(x+x+)+$/ REJECT $1`),
  }),
  "patterns in conditions": (size) => ({
    "main.cf": `${CHECK}smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/t.pcre, reject\n`,
    "t.pcre": lines(size, () => "if /a/"),
  }),
  "open patterns": (size) => ({
    "main.cf": `${CHECK}smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/t.pcre, reject\n`,
    "t.pcre": `/${"\\(".repeat(size)}\n/${"[[:".repeat(size)}/ OK\n/${"{".repeat(size)}/ OK\n/${"(a)?".repeat(size)}/ OK\n`,
  }),
  "a table of networks": (size) => ({
    "main.cf": `${CHECK}smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t.cidr, reject\n`,
    "t.cidr": lines(size, (at) => `10.${at >> 8}.${at & 255}.0/24 OK`),
  }),
  "one line with many continuations": (size) => ({ "main.cf": `mydestination =\n${lines(size, (at) => `  a${at}`)}` }),
  "comments and blank lines": (size) => ({
    "main.cf": `mydestination = a,\n${lines(size, (at) => (at % 2 === 0 ? "#" : " "))}  b\n`,
  }),
};
