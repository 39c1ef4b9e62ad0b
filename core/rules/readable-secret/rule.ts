import type { CommandsOffer } from "../../fixes/fix-offer.ts";
import { effectiveValue } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { clientFiles, indexPath, keyFiles } from "../../model/status-paths.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import { shellQuote } from "../../text/shell-quote.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";

const PASSWORDS: ReadonlySet<string> = new Set(["smtp_sasl_password_maps", "lmtp_sasl_password_maps"]);
/** Databases that ask for a password; of the others it is not known whether the file holds one. */
const WITH_PASSWORD = ["mysql:", "pgsql:"];
/** Read by those who are neither the owner nor in the group. */
const READABLE_BY_OTHERS = 0o004;

export const readableSecret: Rule = {
  id: "readable-secret",
  title: "A secret that every user of the machine can read",
  severity: "warning",
  manualUrl: "https://www.postfix.org/SASL_README.html#client_sasl_enable",
  check: (server) =>
    server.statuses.size === 0 ? [] : onceEach(assignments(server).flatMap((one) => problemsOf(server, one))),
};

function problemsOf(server: MailServer, { file, service, name, value, nameSpan, valueSpan }: Assignment) {
  const expanded = effectiveValue(server, name, service).expanded ?? value;
  const open = secretsIn(server, name, expanded).filter((path) => isReadableByOthers(server, path));
  const [first] = open;
  if (first === undefined) return [];
  const problem: RuleProblem = {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message: `Every user of this machine can read ${open.map(nameInMessage).join(" and ")}.`,
    fixes: commandsFor(open),
  };
  return [problem];
}

function secretsIn(server: MailServer, name: string, value: string): readonly string[] {
  if (name.endsWith("key_file")) return keyFiles(server).includes(value) ? [value] : [];
  if (!value.includes(":")) return [];
  const tables = tablesIn(value).flatMap((reference) => server.tables.get(specOf(reference)) ?? []);
  const clients = new Set(clientFiles(server));
  return tables.flatMap((table) => {
    if (WITH_PASSWORD.some((type) => table.spec.startsWith(type))) return clients.has(table.name) ? [table.name] : [];
    if (!PASSWORDS.has(name) || table.path === null) return [];
    const index = indexPath(table);
    return index === null ? [table.path] : [table.path, index];
  });
}

function isReadableByOthers(server: MailServer, path: string): boolean {
  const status = server.statuses.get(path);
  return typeof status === "object" && status.mode !== null && (status.mode & READABLE_BY_OTHERS) !== 0;
}

function commandsFor(paths: readonly string[]): readonly CommandsOffer[] {
  const quoted = paths.map(shellQuote);
  if (quoted.includes(null)) return [];
  return [
    {
      kind: "commands",
      id: "readable-secret/chmod",
      title: "Let only owner and group read it",
      safety: "review",
      cost: "Another program that reads the file as an ordinary user cannot any more.",
      after: [],
      commands: [`chmod o= ${quoted.join(" ")}`],
    },
  ];
}
