import type { Settings } from "@postmaster/core/features/settings.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { PostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import type { CancellationToken } from "vscode-languageserver";
import type { Session } from "./session.ts";
import { surroundingsOf } from "./surroundings.ts";

/** A configuration as commands ask about it. */
export interface WholeConfiguration {
  /** Null: the document belongs to none. */
  readonly server: MailServer | null;
  readonly settings: Settings;
  readonly postfixVersion: PostfixVersion | null;
}

/** The configuration of any document: of an open part of one, that one; of a log, the one it belongs to. */
export async function wholeConfiguration(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<WholeConfiguration> {
  const snapshot = await session.snapshots.of(uri, token);
  if (snapshot?.isWhole === true) {
    const { context, settings } = snapshot;
    return { server: context.server, settings, postfixVersion: context.version };
  }
  const query = { uri, logHost: null, answers: {}, concerned: { iredapd: false, dovecot: false } };
  const { fix, settings, postfixVersion } = await surroundingsOf(session, query, token);
  return { server: fix.server, settings, postfixVersion };
}
