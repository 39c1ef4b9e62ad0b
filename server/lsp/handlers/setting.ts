import { settingOfLine } from "@postmaster/core/features/refusal/setting-of-line.ts";
import type { SettingPlace } from "@postmaster/core/features/refusal/setting-place.ts";
import { truncate } from "@postmaster/core/text/truncate.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import type { CancellationToken, Location } from "vscode-languageserver";
import { type LogFile, NO_OPEN_LOG } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { mapLines } from "../positions.ts";
import type { SettingParameters, SettingResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import { surroundingsOf } from "../surroundings.ts";

const LONGEST_WORDS = 200;

/** The places of the configuration that produced a line of a log. */
export async function onSetting(
  session: Session,
  { uri, line }: SettingParameters,
  token: CancellationToken,
): Promise<SettingResult> {
  const document = session.documents.log(uri);
  if (document === null) return noSetting(NO_OPEN_LOG);
  const found = await settingPlaces(session, document, line, token);
  if (found === null)
    return noSetting("No configuration belongs to this log: open its main.cf, or set postmaster.configDirectory.");
  if (found.length === 0) {
    return noSetting(
      "Nothing in the configuration, as it is now, says this: it was changed since, or another program decided.",
    );
  }
  const places = found.map((place) => {
    const words = visibleText(truncate(place.words, LONGEST_WORDS));
    return { ...locationOf(place), words: place.isGuess ? `${words} (a guess: the line does not say)` : words };
  });
  return { places, problem: null };
}

/** The same as locations. */
export async function settingLocations(
  session: Session,
  document: LogFile,
  line: number,
  token: CancellationToken,
): Promise<Location[]> {
  const places = (await settingPlaces(session, document, line, token)) ?? [];
  return places.filter(({ isGuess }) => !isGuess).map(locationOf);
}

/** Null: no configuration is known. */
async function settingPlaces(
  session: Session,
  { uri, log }: LogFile,
  line: number,
  token: CancellationToken,
): Promise<readonly SettingPlace[] | null> {
  const read = log.line(line);
  const concerned = { iredapd: false, dovecot: false };
  const query = { uri, logHost: read.host?.value ?? null, answers: {}, concerned };
  const { fix } = await surroundingsOf(session, query, token);
  if (fix.server === null) return null;
  const places = await settingOfLine(read, fix.server, session.patternMatcher);
  stopIfCancelled(token);
  return places;
}

function locationOf({ file, span }: SettingPlace): Location {
  return { uri: file.uri, range: mapLines(file.text).rangeOf(span) };
}

export function noSetting(problem: string): SettingResult {
  return { places: [], problem };
}
