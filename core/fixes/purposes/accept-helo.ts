import { accessEffect } from "../../model/admission/access-action.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { type PlacedWord, type RestrictionStep, restrictionWalks } from "../../model/restrictions.ts";
import { servicesOfTag } from "../../model/services.ts";
import { argument, requiredArgument } from "../arguments.ts";
import { distinctWords, insertBeforeWords, placesOfWords, replaceWords } from "../edit-words.ts";
import { currentName } from "../find-restriction.ts";
import type { AfterStep, FileEdit } from "../fix-offer.ts";
import { isPlainHelo, refusedHelo } from "../helo-name.ts";
import { insertException } from "../insert-exception.ts";
import { linesToAdd, NO_SERVER_REASON } from "../lines-to-add.ts";
import { lookUpHelo } from "../look-up-helo.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { tableSteps } from "../table-steps.ts";

/** Accepts a HELO name in the access table that Postfix consults before the restriction that rejected it. */
export async function acceptHelo(request: FixRequest): Promise<readonly Proposal[]> {
  const helo = argument(request, "helo");
  const refused = refusedHelo(helo);
  if (helo === null || refused !== null) return withheld(refused ?? "");
  const { server, origin } = request.context;
  const restriction = requiredArgument(request, "before");
  if (server === null) return linesWithoutServer(helo, restriction);

  const places = servicesOfTag(server, origin.program, "smtpd").flatMap((service) =>
    restrictionWalks(server, service).flatMap((walk) => placesIn(server, walk.steps, restriction)),
  );
  if (places.length === 0)
    return withheld(
      `${restriction} stands in no list of this configuration: it is not what rejected the client, or it was removed since.`,
    );
  return proposeFor(request, server, places, helo, restriction);
}

/** One list that rejects, and the table in it that can prevent that. */
interface RejectingPlace {
  readonly step: RestrictionStep;
  /** The first table of the list that is consulted before the step and that we can write to. */
  readonly table: LoadedTable | null;
  readonly tableStep: RestrictionStep | null;
  /** A table that would do but is consulted too late. */
  readonly late: LoadedTable | null;
}

function placesIn(
  server: MailServer,
  steps: readonly RestrictionStep[],
  restriction: string,
): readonly RejectingPlace[] {
  const wanted = currentName(restriction);
  const at = steps.findIndex((step) => currentName(step.name) === wanted && !step.warnOnly);
  const step = steps[at];
  if (step === undefined) return [];
  const tableStep = steps.slice(0, at).find((one) => isUsable(server, one)) ?? null;
  const late = steps.slice(at + 1).find((one) => isUsable(server, one)) ?? null;
  return [{ step, table: tableOf(server, tableStep), tableStep, late: tableOf(server, late) }];
}

function isUsable(server: MailServer, step: RestrictionStep): boolean {
  const content = tableOf(server, step)?.content;
  if (step.name !== "check_helo_access" || step.warnOnly || content === undefined) return false;
  return content.kind === "pattern" || content.kind === "indexed" || content.kind === "inline";
}

function tableOf(server: MailServer, step: RestrictionStep | null): LoadedTable | null {
  return step === null || step.table === null ? null : (server.tables.get(step.table) ?? null);
}

async function proposeFor(
  request: FixRequest,
  server: MailServer,
  places: readonly RejectingPlace[],
  helo: string,
  restriction: string,
): Promise<readonly Proposal[]> {
  const files: FileEdit[] = [];
  const after: AfterStep[] = [];
  const details: string[] = [];
  const done = new Set<string>();
  const inline: PlacedWord[] = [];
  for (const { step, table, tableStep, late } of places) {
    if (table === null || tableStep === null) {
      const first = step.words[0];
      if (first !== undefined) inline.push(first);
      if (late !== null) details.push(`${baseName(late.name)} is consulted only after ${restriction}`);
      continue;
    }
    if (done.has(table.spec)) continue;
    done.add(table.spec);
    const answer = await lookUpHelo(server, table, helo, request.context.patternMatcher);
    if ((answer.kind === "rule" || answer.kind === "inline") && accessEffect(answer.action) === "permit") {
      const where =
        answer.kind === "rule"
          ? `line ${answer.rule.line} of ${baseName(table.name)}`
          : placesOfWords([tableStep.word]);
      details.push(`${where} accepts this name already: has Postfix been reloaded since?`);
      continue;
    }
    const added =
      table.content.kind === "inline"
        ? extendInline(server, tableStep, helo)
        : insertException(table, null, helo, "OK");
    if (!added.ok) return withheld(added.reason);
    files.push(added.file);
    details.push(
      `${added.line} at the top of ${table.content.kind === "inline" ? "the inline table" : baseName(table.name)}`,
    );
    after.push(...tableSteps(table));
  }
  if (inline.length > 0) {
    const added = addInline(request, server, distinctWords(inline), helo, restriction);
    if (!added.ok) return withheld([...details, added.reason].join("; "));
    files.push(...added.files);
    details.push(added.detail);
    after.push({ kind: "reload" });
  }
  if (files.length === 0) return withheld(`${[...new Set(details)].join("; ")}.`);
  return [{ kind: "edit", files, detail: [...new Set(details)].join("; "), after: distinctSteps(after) }];
}

type InlineEdit =
  | { readonly ok: true; readonly files: readonly FileEdit[]; readonly detail: string }
  | { readonly ok: false; readonly reason: string };

/** A table of one name, written in the list itself: there is none to write to before the restriction. */
function addInline(
  request: FixRequest,
  server: MailServer,
  words: readonly PlacedWord[],
  helo: string,
  restriction: string,
): InlineEdit {
  if (!isPlainHelo(helo))
    return {
      ok: false,
      reason: `No table is consulted before ${restriction}, and this name cannot stand in the list itself.`,
    };
  if (request.context.tableTypes?.has("inline") === false) {
    return {
      ok: false,
      reason: `No table is consulted before ${restriction}. Add a check_helo_access with a table before it; this Postfix has no inline: tables.`,
    };
  }
  const step = `check_helo_access ${inlineTable(helo)}`;
  const edits = insertBeforeWords(server, words, step);
  if (!edits.ok) return { ok: false, reason: edits.reason };
  return {
    ok: true,
    files: edits.files,
    detail: `${step} before ${restriction} in ${placesOfWords(words)} (Postfix 3.0 and later)`,
  };
}

function inlineTable(helo: string): string {
  return `inline:{${helo.toLowerCase()}=OK}`;
}

/** Another name in an `inline:` table that is there already. */
function extendInline(server: MailServer, step: RestrictionStep, helo: string) {
  const word = step.words.at(-1);
  const written = step.argument ?? "";
  if (word === undefined || !isPlainHelo(helo) || !written.endsWith("}")) {
    return { ok: false as const, reason: "The inline table cannot be extended: add the name by hand." };
  }
  const line = `${helo.toLowerCase()}=OK`;
  const open = written.indexOf("{");
  const body = written.slice(open + 1, -1).trim();
  const edits = replaceWords(server, [word], `${written.slice(0, open)}{${line}${body === "" ? "" : `, ${body}`}}`);
  const file = edits.ok ? edits.files[0] : undefined;
  if (!edits.ok || file === undefined)
    return { ok: false as const, reason: edits.ok ? "The inline table was not found." : edits.reason };
  return { ok: true as const, file, line };
}

function distinctSteps(steps: readonly AfterStep[]): readonly AfterStep[] {
  const reload = steps.filter((step) => step.kind === "reload").slice(0, 1);
  return [...steps.filter((step) => step.kind !== "reload"), ...reload];
}

function linesWithoutServer(helo: string, restriction: string): readonly Proposal[] {
  if (!isPlainHelo(helo)) return withheld(NO_SERVER_REASON);
  const text = `# in smtpd_helo_restrictions, before ${restriction}\ncheck_helo_access ${inlineTable(helo)}\n`;
  const reason = `${NO_SERVER_REASON} Keep reject_unauth_destination in smtpd_relay_restrictions: an OK without it there would make an open relay.`;
  return linesToAdd("main.cf", text, reason, [{ kind: "reload" }]);
}
