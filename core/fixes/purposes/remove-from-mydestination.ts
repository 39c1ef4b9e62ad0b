import { type ListWord, listWords } from "../../model/list-words.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { specOf } from "../../model/table-specs.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import { effectiveOverride, type MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { parseTableReference } from "../../syntax/value/table-reference.ts";
import { isHostname } from "../answers.ts";
import { argument } from "../arguments.ts";
import { placeOf, REFUSAL_WORDS, removeWords } from "../edit-words.ts";
import { evaluateEdits, mergeFileEdits } from "../evaluate-edits.ts";
import type { FileEdit } from "../fix-offer.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

const LIST = "mydestination";

/** Takes a domain out of `mydestination`, whether it is written there or comes from `$myhostname` or `$mydomain`. */
export function removeFromMydestination(request: FixRequest): readonly Proposal[] {
  const { server } = request.context;
  const domain = argument(request, "domain")?.toLowerCase() ?? null;
  if (domain === null || !isHostname(domain)) return withheld("The line names no domain that could be looked for.");
  if (domain === "localhost") return withheld("localhost belongs into mydestination: take it out of the other class.");
  if (server === null) return withheld(NO_SERVER_REASON);

  const files: FileEdit[] = [];
  const removed: string[] = [];
  for (const scope of scopesOf(server)) {
    const words = listWords(server, scope, LIST);
    const naming = words.filter((one) => !one.negated && one.values.some((value) => value.toLowerCase() === domain));
    if (naming.length === 0) continue;
    const shared = naming.find((one) => one.values.length > 1);
    if (shared !== undefined)
      return withheld(`${shared.word.text} in ${LIST} stands for other names too: change it where it is defined.`);
    const edit = removal(server, words, naming);
    if (!edit.ok) return withheld(edit.reason);
    files.push(...edit.files);
    for (const one of naming)
      removed.push(
        `${one.word.text} out of ${one.word.owner === null ? `${LIST}'s default, now written in main.cf` : placeOf(one.word.owner)}`,
      );
  }
  const elsewhere = tableNaming(server, domain);
  if (files.length === 0) return withheld(elsewhere ?? `${domain} is not in ${LIST} of this configuration any more.`);
  if (stillThere(server, files, domain)) return withheld(`${domain} would still be in ${LIST} afterwards.`);
  if (elsewhere !== null) return withheld(elsewhere);
  return [
    {
      kind: "edit",
      files,
      detail: [...new Set(removed)].join(", "),
      after: [{ kind: "reload" }],
      atLeast: "review",
      ...(removed.some((text) => text.startsWith("$")) ? { cost: SYSTEM_MAIL } : {}),
    },
  ];
}

const SYSTEM_MAIL =
  "System mail to root at the server's own name has no home then: give it a mailbox or an alias first.";

/** main.cf, and every service that has a list of its own. */
function scopesOf(server: MailServer): readonly (MasterService | null)[] {
  const own = (server.master?.tree.services ?? []).filter((service) => effectiveOverride(service, LIST) !== null);
  return [null, ...own];
}

function removal(server: MailServer, words: readonly ListWord[], naming: readonly ListWord[]) {
  if (naming.every((one) => one.word.owner !== null))
    return removeWords(
      server,
      naming.map((one) => one.word),
    );
  const kept = words.filter((one) => !naming.includes(one)).map((one) => one.word.text);
  const result = setParameter(server.main.tree, LIST, kept.join(", "));
  if (!result.ok) return { ok: false as const, reason: `main.cf: ${REFUSAL_WORDS[result.reason]}.` };
  return { ok: true as const, files: [{ file: server.main.file, edits: result.edits }] };
}

function stillThere(server: MailServer, files: readonly FileEdit[], domain: string): boolean {
  const after = evaluateEdits(server, mergeFileEdits(files)).after;
  return (
    after !== null &&
    listWords(after, null, LIST).some((one) => one.values.some((value) => value.toLowerCase() === domain))
  );
}

/** Where a table or file in the list holds the domain, or may hold it; null if there is none. */
function tableNaming(server: MailServer, domain: string): string | null {
  for (const value of listWords(server, null, LIST).flatMap((one) => one.values)) {
    if (value.startsWith("/")) return `${LIST} also reads ${value}: look for ${domain} there.`;
    const reference = parseTableReference(value);
    if (reference === null) continue;
    const content = server.tables.get(specOf(reference))?.content;
    if (content?.kind !== "indexed") return `${LIST} also reads ${value}, which may hold ${domain}: look there.`;
    const rule = content.tree.rules.find((one) => one.key.toLowerCase() === domain);
    if (rule !== undefined)
      return `${domain} stands in line ${rule.line} of ${reference.name}: take it out there, then run postmap.`;
  }
  return null;
}
