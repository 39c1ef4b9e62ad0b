import { HOSTILE_TEXTS } from "./hostile-text.ts";

const ONE_LINE = HOSTILE_TEXTS.map((text) => text.replaceAll("\n", " "));

/** Every place of a log where a stranger's words stand. */
export function hostileLog(texts: readonly string[] = ONE_LINE): string {
  const stamp = "Nov 22 10:00:00 mx1";
  return texts
    .flatMap((text, index) => [
      `${stamp} postfix/smtpd[210]: NOQUEUE: reject: RCPT from ${text}[192.0.2.7]: 504 5.5.2 <${text}>: Helo command rejected: need fully-qualified hostname; from=<${text}@example.org> to=<b@example.com> proto=ESMTP helo=<${text}>`,
      `${stamp} postfix/smtpd[210]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 553 5.7.1 <${text}@example.com>: Sender address rejected: not owned by user ${text}; from=<${text}@example.com> to=<b@example.com> proto=ESMTP helo=<x>`,
      `${stamp} postfix/trivial-rewrite[211]: warning: do not list domain ${text} in BOTH mydestination and virtual_mailbox_domains`,
      `${stamp} postfix/cleanup[212]: 4Zx1Qk0Y1Mz3k${index}: message-id=<${text}>`,
      `${stamp} postfix/qmgr[213]: 4Zx1Qk0Y1Mz3k${index}: from=<${text}>, size=1, nrcpt=1 (queue active)`,
      `${stamp} postfix/smtp[214]: 4Zx1Qk0Y1Mz3k${index}: to=<${text}>, relay=${text}[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host ${text}[192.0.2.9] said: 550 5.1.1 ${text} (in reply to RCPT TO command))`,
      `${stamp} postfix/smtpd[210]: warning: ${text}[192.0.2.7]: SASL LOGIN authentication failed: ${text}, sasl_username=${text}`,
      `${stamp} dovecot: imap-login: Disconnected (tried to use disallowed plaintext auth): user=<${text}>, method=${text}, rip=192.0.2.7`,
      `${stamp} ${text}`,
    ])
    .join("\n");
}

/** Every place of a configuration where somebody else's words may stand. */
export function hostileConfiguration(): Readonly<Record<string, { readonly language: string; readonly text: string }>> {
  const words = ONE_LINE.map((text) => text.replaceAll(/\s/g, "_"));
  return {
    "etc/postfix/main.cf": {
      language: "postfix-main-cf",
      text: [
        "smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/helo.pcre, reject",
        "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders",
        ...words.flatMap((word, index) => [
          `own${index} = ${word}`,
          `${word.replaceAll("=", "")} = $own${index} \${${word}} hash:/etc/postfix/${word}`,
          `relay_domains = $own${index}, ${word}`,
          `smtpd_recipient_restrictions = ${word}, check_client_access hash:${word}`,
          ` # ${word}`,
        ]),
      ].join("\n"),
    },
    "etc/postfix/master.cf": {
      language: "postfix-master-cf",
      text: words
        .flatMap((word) => [
          `${word} inet n - y - - smtpd`,
          `  -o ${word}=${word}`,
          `  -o smtpd_tls_security_level=${word}`,
          `s${word} unix - ${word} n - - ${word}`,
        ])
        .join("\n"),
    },
    "etc/postfix/helo.pcre": {
      language: "postfix-regexp-table",
      text: words.map((word) => `/${word}/ REJECT ${word} \${1}`).join("\n"),
    },
    "etc/postfix/senders": {
      language: "postfix-table",
      text: words.map((word) => `${word} REJECT ${word}`).join("\n"),
    },
  };
}
