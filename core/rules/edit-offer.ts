import type { Safety } from "../catalogue/safety.ts";
import type { EditOffer } from "../fixes/fix-offer.ts";
import { patchCommand } from "../fixes/patch-command.ts";
import type { SourceFile } from "../io/file-port.ts";
import { STANDARD_DIRECTORIES } from "../model/configuration-paths.ts";
import type { MailServer } from "../model/mail-server.ts";
import { baseName, joinPath } from "../model/paths.ts";
import { secretsOf, tellsSecret, withoutSecrets } from "../model/secrets.ts";
import { applyEdits, type TextEdit } from "../text/text-edit.ts";

/** What a rule says of its fix. */
export interface RuleFix {
  /** `<rule id>/<fix id>`. */
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  /** Empty only for a safe fix. */
  readonly cost: string;
  /** Postfix must read the file again before the fix takes effect. */
  readonly reload: boolean;
  /** What else than a reload has to happen, in order. */
  readonly after?: EditOffer["after"];
}

const LINES_AROUND = 3;

/** A fix that edits one file of the configuration, with the command that makes the same change where it is to be copied. */
export function editOffer(server: MailServer, fix: RuleFix, file: SourceFile, edits: readonly TextEdit[]): EditOffer {
  const { id, title, safety, cost, reload, after = reload ? [{ kind: "reload" }] : [] } = fix;
  return new OfferOnDemand(
    {
      id,
      title: withoutSecrets(title, secretsOf(server)),
      safety,
      cost: withoutSecrets(cost, secretsOf(server)),
      after,
      files: [{ file, edits }],
    },
    () => commandsOf(server, file, edits),
  );
}

/**
 * An offer whose commands are made when somebody asks for them: quoting a file line by line costs more than finding the mistake, and few fixes are ever copied.
 *
 * A class, for V8 writes the getter of an object literal into the hidden class of that literal, which is an old object: all that the getter knows, here the whole
 * configuration, would live on until the next full collection.
 */
export class OfferOnDemand implements EditOffer {
  readonly kind = "edit";
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  readonly cost: string;
  readonly after: EditOffer["after"];
  readonly files: EditOffer["files"];
  readonly #commands: () => readonly string[];

  constructor(
    { id, title, safety, cost, after, files }: Omit<EditOffer, "kind" | "commands">,
    commands: () => readonly string[],
  ) {
    this.id = id;
    this.title = title;
    this.safety = safety;
    this.cost = cost;
    this.after = after;
    this.files = files;
    this.#commands = commands;
  }

  get commands(): readonly string[] {
    return this.#commands();
  }
}

/** What a file is called where Postfix runs. */
export function pathOnServer(server: MailServer, file: SourceFile): string {
  const [standard = "/etc/postfix"] = STANDARD_DIRECTORIES;
  return server.isCopy ? joinPath(standard, baseName(file.path)) : file.path;
}

/** None for a file that is not UTF-8: its characters are bytes, and a command would write them as UTF-8. None that tells a password. */
function commandsOf(server: MailServer, file: SourceFile, edits: readonly TextEdit[]): readonly string[] {
  if (file.encoding === "bytes") return [];
  const path = pathOnServer(server, file);
  const after = applyEdits(file.text, edits);
  for (const lines of [LINES_AROUND, 0]) {
    const command = patchCommand(path, file.text, after, lines);
    if (command !== null && !tellsSecret(command, secretsOf(server))) return [command];
  }
  return [];
}
