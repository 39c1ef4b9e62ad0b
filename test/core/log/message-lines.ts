/** Real lines by program and by the id of the message they are. */
export const MESSAGE_LINES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  smtpd: {
    "smtpd/connect": ["connect from unknown[192.0.2.77]", "connect from mail.example[2001:db8::1]:51234"],
    "smtpd/disconnect": [
      "disconnect from unknown[192.0.2.77] ehlo=1 auth=0/1 quit=1 commands=2/3",
      "disconnect from localhost[127.0.0.1]",
      "disconnect from a.example[192.0.2.5] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5 notes=bare_lf",
    ],
    "smtpd/client": [
      "4Zx1Qk0Y1Mz3kT: client=unknown[192.0.2.77]",
      "4Zx1Qk0Y1Mz3kT: client=host.example[192.0.2.8], sasl_method=PLAIN, sasl_username=bob",
      "4Zx1Qk0Y1Mz3kT: client=localhost[127.0.0.1], orig_queue_id=4Zx1Qh, orig_client=mx.example[192.0.2.1]",
    ],
    "smtpd/reject": [
      "NOQUEUE: reject: RCPT from unknown[192.0.2.77]: 554 5.7.1 <x@y.example>: Relay access denied; from=<a@b.example> to=<x@y.example> proto=ESMTP helo=<[192.0.2.77]>",
      "NOQUEUE: reject: RCPT from unknown[192.0.2.77]: 450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.77]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<pc>",
      "NOQUEUE: reject_warning: RCPT from h.example[192.0.2.1]: 550 5.1.1 <u@d.example>: Recipient address rejected: User unknown in local recipient table; from=<> to=<u@d.example> proto=SMTP helo=<h>",
      "NOQUEUE: reject: CONNECT from unknown[192.0.2.9]: 554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied; proto=SMTP",
      "4Zx1Qk0Y1Mz3kT: reject: END-OF-MESSAGE from h.example[192.0.2.1]: 552 5.3.4 Message size exceeds fixed limit; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>",
    ],
    "smtpd/permit": [
      "NOQUEUE: permit: RCPT from h.example[192.0.2.1]: action=permit_mynetworks for Client host=h.example[192.0.2.1]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>",
    ],
    "milter/action": [
      "NOQUEUE: milter-reject: RCPT from mx.example[192.0.2.1]: 451 4.7.1 Service unavailable - try again later; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mx>",
    ],
    "smtpd/proxy-verdict": [
      "proxy-reject: END-OF-MESSAGE: 550 5.7.1 spam; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>",
    ],
    "smtpd/lost-connection-after": [
      "lost connection after EHLO from unknown[192.0.2.7]",
      "lost connection after DATA (0 bytes) from unknown[192.0.2.7]",
      "4Zx1Qk0Y1Mz3kT: lost connection after DATA (412 bytes) from unknown[192.0.2.7]",
      "NOQUEUE: lost connection after CONNECT from unknown[192.0.2.7]",
    ],
    "smtpd/timeout-after": ["timeout after END-OF-MESSAGE from a.example[192.0.2.8]"],
    "smtpd/too-many-errors-after": ["too many errors after AUTH from unknown[192.0.2.7]"],
    "smtpd/improper-command-pipelining-after": [
      "improper command pipelining after EHLO from unknown[192.0.2.7]: QUIT\\r\\n",
    ],
    "smtpd/sasl-authentication-failed": [
      "warning: unknown[192.0.2.9]: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
      "warning: unknown[192.0.2.9]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=info",
    ],
    "smtpd/hostname-does-not-resolve-to-address": [
      "warning: hostname a.example does not resolve to address 192.0.2.4: Name or service not known",
      "warning: hostname a.example does not resolve to address 192.0.2.4",
    ],
    "smtpd/connection-rate-limit-exceeded": [
      "warning: Connection rate limit exceeded: 42 from unknown[192.0.2.1] for service smtp",
    ],
    "tls/connection-established": [
      "Anonymous TLS connection established from mx.example[192.0.2.1]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
    ],
    "global/table-has-changed-restarting": [
      "table hash:/etc/postfix/virtual(0,lock|fold_fix|utf8_request) has changed -- restarting",
    ],
  },
  smtp: {
    "delivery/status": [
      "4Zx1Qk0Y1Mz3kT: to=<bob@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1.3, delays=0.05/0.01/0.8/0.44, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4Zx1QL)",
      "9E2B21C0A3: to=<root@host.example.com>, orig_to=<root>, relay=local, delay=0.04, delays=0.02/0/0/0.02, dsn=2.0.0, status=sent (delivered to mailbox)",
      "4Zx1Qk0Y1Mz3kT: to=<c@d.example>, relay=d.example[198.51.100.9]:25, conn_use=3, delay=2, delays=1/0/0/1, tls=dane, dsn=5.1.1, status=bounced (host d.example[198.51.100.9] said: 550 5.1.1 <c@d.example>: Recipient address rejected: User unknown (in reply to RCPT TO command))",
    ],
    "smtp/connect-failed": [
      "connect to mx.example[192.0.2.1]:25: Connection timed out",
      "connect to d.example[private/lmtp]: No such file or directory",
    ],
    "smtp/host-said": [
      "4Zx1Qk0Y1Mz3kT: host mx.example[192.0.2.1] said: 450 4.2.0 greylisted (in reply to RCPT TO command)",
    ],
    "smtp/lost-connection-while": [
      "4Zx1Qk0Y1Mz3kT: lost connection with mx.example[192.0.2.1] while receiving the initial server greeting",
    ],
    "tls/connection-reused": [
      "Trusted TLS connection reused to mx.example[192.0.2.1]:25: TLSv1.3 with cipher TLS_AES_128_GCM_SHA256 (128/128 bits) key-exchange ECDHE (P-256) server-signature ECDSA (P-256) server-digest SHA256",
    ],
    "tls/tlsrpt-success": ["TLSRPT: status=success, domain=d.example, receiving_mx=mx.d.example[192.0.2.1]"],
  },
  qmgr: {
    "qmgr/queue-active": ["4Zx1Qk0Y1Mz3kT: from=<alice@example.com>, size=1234, nrcpt=1 (queue active)"],
    "qmgr/expired-returned-to-sender": ["9E2B21C0A3: from=<a@b.example>, status=expired, returned to sender"],
    "qmgr/removed": ["4Zx1Qk0Y1Mz3kT: removed"],
    "qmgr/skipped-still-being-delivered": ["4Zx1Qk0Y1Mz3kT: skipped, still being delivered"],
  },
  cleanup: {
    "cleanup/removed": ["4Zx1Qk0Y1Mz3kT: removed (canceled)"],
    "cleanup/message-id": ["4Zx1Qk0Y1Mz3kT: message-id=<20260101.1@example.com>", "4Zx1Qk0Y1Mz3kT: message-id=<>"],
    "cleanup/resent-message-id": ["4Zx1Qk0Y1Mz3kT: resent-message-id=<x@y>"],
    "cleanup/header-checks": [
      "4Zx1Qk0Y1Mz3kT: reject: header Subject: test from localhost[127.0.0.1]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>: 5.7.1 No thanks",
      "4Zx1Qk0Y1Mz3kT: warning: header Subject: test from local; from=<a@b.example> to=<c@d.example>",
    ],
    "cleanup/mime-error": [
      "4Zx1Qk0Y1Mz3kT: reject: mime-error improper use of 8-bit data in message header: Subject: ? from unknown[192.0.2.3]; from=<a@b.example> to=<c@d.example>",
    ],
    "cleanup/milter-header-checks": [
      "4Zx1Qk0Y1Mz3kT: milter-header-reject: header X-Spam: yes from mx.example[192.0.2.1]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>: 5.7.1 spam",
    ],
    "milter/action": [
      "4Zx1Qk0Y1Mz3kT: milter-reject: END-OF-MESSAGE from mx.example[192.0.2.1]: 5.7.1 Spam; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mx.example>",
    ],
  },
  postscreen: {
    "postscreen/connect": ["CONNECT from [192.0.2.1]:4711 to [198.51.100.1]:25"],
    "postscreen/allowlisted": ["ALLOWLISTED [192.0.2.1]:4711"],
    "postscreen/whitelist-veto": ["WHITELIST VETO [192.0.2.1]:4711"],
    "postscreen/pass-new": ["PASS NEW [192.0.2.1]:4711"],
    "postscreen/disconnect": ["DISCONNECT [2001:db8::1]:4711"],
    "postscreen/dnsbl-rank": ["DNSBL rank 4 for [192.0.2.1]:4711"],
    "postscreen/pregreet": ["PREGREET 14 after 0.12 from [192.0.2.1]:4711: EHLO ylmf-pc\\r\\n"],
    "postscreen/hangup": ["HANGUP after 1.2 from [192.0.2.1]:4711 in tests before SMTP handshake"],
    "smtpd/reject": [
      "NOQUEUE: reject: RCPT from [192.0.2.1]:4711: 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.example; from=<a@b.example>, to=<c@d.example>, proto=ESMTP, helo=<pc>",
    ],
    "postscreen/reject-too-many-connections": ["NOQUEUE: reject: CONNECT from [192.0.2.1]:4711: too many connections"],
    "postscreen/command-pipelining": ["COMMAND PIPELINING from [192.0.2.1]:4711 after EHLO: MAIL FROM:<a@b>\\r\\n"],
    "postscreen/bare-newline": ["BARE NEWLINE from [192.0.2.1]:4711 after CONNECT"],
    "postscreen/non-smtp-command": ["NON-SMTP COMMAND from [192.0.2.1]:4711 after CONNECT: GET / HTTP/1.1"],
  },
  master: {
    "master/daemon-started": ["daemon started -- version 3.7.11, configuration /etc/postfix"],
    "master/reload": ["reload -- version 3.7.11, configuration /etc/postfix"],
    "master/process-exit-status": ["warning: process /usr/lib/postfix/sbin/smtpd pid 123 exit status 1"],
    "master/process-killed-by-signal": ["warning: process /usr/lib/postfix/sbin/cleanup pid 123 killed by signal 6"],
    "master/bad-command-startup-throttling": [
      "warning: /usr/lib/postfix/sbin/smtpd: bad command startup -- throttling",
    ],
    "global/backwards-compatible-default": [
      "/etc/postfix/master.cf: line 12: using backwards-compatible default setting chroot=y",
    ],
  },
  anvil: {
    "anvil/max-rate": ["statistics: max connection rate 1/60s for (smtp:192.0.2.1) at Nov 22 17:35:01"],
    "anvil/max-count": ["statistics: max connection count 1 for (smtp:192.0.2.1) at Nov 22 17:35:01"],
    "anvil/max-cache-size": ["statistics: max cache size 1 at Nov 22 17:35:01"],
  },
  scache: { "scache/lookups": ["statistics: domain lookup hits=1 miss=2 success=33%"] },
  dnsblog: { "dnsblog/addr-listed-by-domain": ["addr 192.0.2.1 listed by domain zen.example as 127.0.0.2"] },
  tlsproxy: { "tlsproxy/connect": ["CONNECT from [192.0.2.1]:4711"] },
  pickup: { "pickup/picked-up": ["9E2B21C0A3: uid=0 from=<root>", "9E2B21C0A3: uid=1000 from=<bob> orig_id=AB12CD"] },
  bounce: {
    "bounce/non-delivery-notification": ["9E2B21C0A3: sender non-delivery notification: 4Zx1Qk0Y1Mz3kT"],
    "bounce/delay-notification": ["9E2B21C0A3: postmaster delay notification: A1B2C3D4"],
  },
  postsuper: {
    "postsuper/deleted-count": ["Deleted: 12 messages", "Deleted: 1 message"],
    "postsuper/placed-on-hold": ["9E2B21C0A3: placed on hold"],
  },
  local: { "delivery/passing-to-transport": ["9E2B21C0A3: passing <bob@d.example> to transport=lmtp"] },
};
