import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn, settingFor, textFor } from "../settings-of.ts";
import { smtpdServices } from "../smtpd-lists.ts";

const TYPE = "smtpd_sasl_type";
const PATH = "smtpd_sasl_path";
/** The default of smtpd_sasl_path, a name that only Cyrus SASL knows what to do with. */
const CYRUS_NAME = "smtpd";
const WORDS = "no SASL authentication mechanisms";

export const loginSocket: Rule = {
  id: "login-socket",
  title: "A login server that smtpd does not find",
  severity: "error",
  manualUrl: "https://www.postfix.org/SASL_README.html#server_dovecot",
  check: (server) =>
    onceEach(
      smtpdServices(server)
        .filter((service) => isOn(server, service, "smtpd_sasl_auth_enable"))
        .flatMap((service) => problemOf(server, service)),
    ),
};

function problemOf(server: MailServer, service: MasterService | null): readonly RuleProblem[] {
  const type = textFor(server, service, TYPE);
  const path = textFor(server, service, PATH);
  if (type === "dovecot" && path === CYRUS_NAME) return withoutPath(server, service);
  if (type === "cyrus" && isSocket(path)) return ofOtherType(server, service, path);
  return type === "dovecot" && isChrooted(service) ? outsideOfJail(server, service, path) : [];
}

function withoutPath(server: MailServer, service: MasterService | null): readonly RuleProblem[] {
  const place = settingFor(server, service, PATH) ?? settingFor(server, service, TYPE);
  if (place === null) return [];
  const message = `smtpd looks for Dovecot at a socket called ${CYRUS_NAME}, the default of ${PATH}, and dies for want of a login: name Dovecot's socket, such as private/auth.`;
  const fixes = set(
    server,
    PATH,
    "private/auth",
    "Dovecot must listen there: its service auth needs a unix_listener at that path.",
  );
  return [{ file: place.file, span: place.nameSpan, message, postfix: WORDS, fixes }];
}

function ofOtherType(server: MailServer, service: MasterService | null, path: string): readonly RuleProblem[] {
  const place = settingFor(server, service, PATH);
  if (place === null) return [];
  const message = `${nameInMessage(path)} is a socket of Dovecot's, and ${TYPE} is cyrus, which takes it for the name of a file: nobody asks Dovecot for passwords.`;
  const fixes = set(server, TYPE, "dovecot", "Whoever logged in by Cyrus SASL logs in by Dovecot then.");
  return [{ file: place.file, span: place.nameSpan, message, fixes }];
}

function outsideOfJail(server: MailServer, service: MasterService | null, path: string): readonly RuleProblem[] {
  const place = settingFor(server, service, PATH);
  const queue = textFor(server, service, "queue_directory");
  const socket = path.startsWith("unix:") ? path.slice("unix:".length) : path;
  if (place === null || service === null || queue === "" || !socket.startsWith(`${queue}/`)) return [];
  const relative = socket.slice(queue.length + 1);
  const fix = {
    id: "login-socket/relative",
    title: `Write ${nameInMessage(relative)} in ${baseName(place.file.path)}`,
    safety: "review",
    cost: "The service starts again, and those come in whom its restrictions admit.",
    reload: true,
  } as const;
  const edit = { span: place.valueSpan, newText: relative };
  const message = `${nameInMessage(service.name)} runs in ${nameInMessage(queue)} as its root (chroot), where there is no ${nameInMessage(socket)}: name the socket from there.`;
  const fixes = place.value === path ? [editOffer(server, fix, place.file, [edit])] : [];
  return [{ file: place.file, span: place.valueSpan, message, postfix: WORDS, fixes }];
}

const NAMES: ReadonlySet<string> = new Set(["auth", "auth-client", "auth-userdb", "dovecot-auth"]);

function isSocket(path: string): boolean {
  return ["private/", "unix:", "inet:"].some((start) => path.startsWith(start)) || NAMES.has(baseName(path));
}

/** For certain: `-` is another thing in other releases. */
function isChrooted(service: MasterService | null): boolean {
  return service?.fields.find(({ field }) => field === "chroot")?.text === "y";
}

function set(server: MailServer, name: string, value: string, cost: string): readonly EditOffer[] {
  const { file, tree } = server.main;
  const result = setParameter(tree, name, value);
  if (!result.ok) return [];
  const fix = {
    id: "login-socket/set",
    title: `Set ${name} = ${value} in main.cf`,
    safety: "review",
    cost,
    reload: true,
  } as const;
  return [editOffer(server, fix, file, result.edits)];
}
