import { entryById } from "../../catalogue/catalogue.ts";
import type { TextLine } from "../../log/text-line.ts";
import { admissionContext } from "../../model/admission/admission-context.ts";
import { stepPlaces } from "../../model/admission/step-places.ts";
import { whoRefused } from "../../model/admission/who-refused.ts";
import { effectiveValue, type ValueOwner } from "../../model/effective.ts";
import { lookUp } from "../../model/lookup/look-up.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import type { PatternMatcher } from "../../model/pattern-matcher.ts";
import { servicesOfTag } from "../../model/services.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { type RefusedSession, refusedSession } from "./refused-session.ts";
import type { SettingPlace } from "./setting-place.ts";

/** Whether a restriction, or a header or body check, produced the line. */
export function isRefusal(line: TextLine): boolean {
  return refusedSession(line) !== null || contentCheck(line) !== null;
}

/** Whether any setting may have produced the line: worth reading a configuration for. */
export function mayHaveSetting(line: TextLine): boolean {
  return isRefusal(line) || parametersOf(line).length > 0;
}

/**
 * The places of the configuration that produced a line: for a refusal the restriction and the table entry that gave this very reply, for a
 * header or body check its rule, else the settings that the catalogue names for such lines, where they are written. The most telling first;
 * empty where the configuration, as it is now, would not say it.
 */
export async function settingOfLine(
  line: TextLine,
  server: MailServer,
  patternMatcher: PatternMatcher,
): Promise<readonly SettingPlace[]> {
  const refused = refusedSession(line);
  const content = contentCheck(line);
  const services = servicesOfTag(server, line.program?.value ?? null, line.daemon ?? "");
  const found: SettingPlace[] = [];
  for (const service of services) {
    const where = { server, service, patternMatcher, answerFor: () => null };
    if (refused !== null) found.push(...(await refusalPlaces(where, refused)));
    if (content !== null) found.push(...(await contentPlaces(where, content)));
  }
  if (found.length === 0) for (const service of services) found.push(...namedSettings(line, server, service));
  return onceEach(found);
}

interface Where {
  readonly server: MailServer;
  readonly service: MasterService | null;
  readonly patternMatcher: PatternMatcher;
  readonly answerFor: () => null;
}

async function refusalPlaces(where: Where, { session, reply }: RefusedSession): Promise<readonly SettingPlace[]> {
  const found = await whoRefused(admissionContext(where, session, []), { text: reply });
  if (found === null) return [];
  const { step, isGuess } = found;
  const list = step.list === null ? "checked by smtpd itself" : `in ${step.list}`;
  return stepPlaces(step)
    .map(({ kind, file, span }): SettingPlace => {
      const words = kind === "entry" ? `the entry in ${baseName(file.path)}` : `${step.name} ${list}`;
      return { words, file, span, isGuess };
    })
    .toReversed();
}

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  "cleanup/header-checks": ["header_checks", "mime_header_checks", "nested_header_checks"],
  "cleanup/body-checks": ["body_checks"],
};

interface ContentCheck {
  readonly parameters: readonly string[];
  /** The header or the line of the body. */
  readonly key: string;
}

/** Null for a line that no header or body check of Postfix wrote. */
function contentCheck({ template }: TextLine): ContentCheck | null {
  const parameters = CHECKS[template?.templateId ?? ""];
  const content = template?.fields["content"]?.value;
  if (parameters === undefined || content === undefined) return null;
  const from = content.lastIndexOf(" from ");
  return { parameters, key: from === -1 ? content : content.slice(0, from) };
}

async function contentPlaces(where: Where, { parameters, key }: ContentCheck): Promise<readonly SettingPlace[]> {
  const found: SettingPlace[] = [];
  for (const parameter of parameters) {
    const { expanded } = effectiveValue(where.server, parameter, where.service);
    for (const reference of tablesIn(expanded ?? "")) {
      const answer = await lookUp(where, specOf(reference), key);
      if (answer.kind !== "found" || answer.place.file === null || answer.place.span === null) continue;
      const { file, span } = answer.place;
      found.push({ words: `the rule in ${baseName(file.path)}, a table of ${parameter}`, file, span, isGuess: false });
    }
  }
  return found;
}

/** Settings that the line's explanation names and that this configuration sets. */
function namedSettings(line: TextLine, server: MailServer, service: MasterService | null): readonly SettingPlace[] {
  return parametersOf(line).flatMap((name): SettingPlace[] => {
    const { owner } = effectiveValue(server, name, service);
    if (owner === null) return [];
    const words = owner.kind === "main" ? name : `-o ${name} of ${owner.service.name}`;
    return [{ words, file: owner.file, span: spanOf(owner), isGuess: true }];
  });
}

function parametersOf(line: TextLine): readonly string[] {
  return (line.entry === null ? null : entryById(line.entry.templateId))?.parameters ?? [];
}

function spanOf(owner: ValueOwner): SettingPlace["span"] {
  return owner.kind === "main" ? owner.definition.nameSpan : owner.override.span;
}

function onceEach(places: readonly SettingPlace[]): readonly SettingPlace[] {
  const seen = new Set<string>();
  return places.filter(({ file, span }) => {
    const key = `${file.path} ${span.start} ${span.end}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
