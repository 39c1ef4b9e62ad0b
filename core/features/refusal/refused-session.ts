import { lineFields } from "../../log/fields.ts";
import type { TextLine } from "../../log/text-line.ts";
import type { AdmissionSession } from "../../model/admission/session.ts";

/** What smtpd(8) told of a session when it refused something. */
export interface RefusedSession {
  readonly session: AdmissionSession;
  /** The reply after its codes, such as `<anna@example.com>: Relay access denied`. */
  readonly reply: string;
}

/** Null for a line that is no refusal by smtpd's restrictions. The login (but for one reply) and TLS are not in such a line: it is taken to have had neither. */
export function refusedSession(line: TextLine): RefusedSession | null {
  const { verb, clientAddress, clientName, helo, sender, recipient, code, dsn } = lineFields(line.template);
  if (line.daemon !== "smtpd" || verb !== "reject" || clientAddress === null || code === null) return null;
  const reply = replyText(line, `${code} ${dsn ?? ""}`.trimEnd());
  if (reply === null) return null;
  const session = {
    clientAddress,
    clientName,
    reverseName: null,
    helo,
    sender: sender ?? "",
    recipient: recipient ?? "",
    login: loginIn(reply),
    tls: false,
  };
  return { session, reply };
}

/** What stands between the codes and the envelope. */
function replyText({ message, template }: TextLine, codes: string): string | null {
  const at = message.value.indexOf(`: ${codes} `);
  if (at === -1) return null;
  const envelope = template?.fields["envelope"]?.value ?? "";
  const end = message.value.endsWith(envelope) ? message.value.length - envelope.length : message.value.length;
  return message.value.slice(at + codes.length + 3, end);
}

/** The one reply that names it. */
function loginIn(reply: string): string | null {
  const at = reply.indexOf(NAMES_LOGIN);
  return at === -1 ? null : reply.slice(at + NAMES_LOGIN.length);
}

const NAMES_LOGIN = ": Sender address rejected: not owned by user ";
