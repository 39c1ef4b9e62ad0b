import { type ConfigContext, type ConfigKind, configContext } from "@postmaster/core/features/config/context.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { memoryFiles } from "../../model/memory-files.ts";

/** Where the configurations of these tests lie: as on a running server. */
export const FOLDER = "/etc/postfix";

export interface Marked {
  readonly context: ConfigContext;
  /** Where the `|` stood. */
  readonly offset: number;
  readonly port: ReturnType<typeof memoryFiles>;
}

/**
 * A configuration from names and texts. One text holds a `|`: the cursor. It is taken out, and the context is that file's.
 * @param version such as `3.7`
 */
export async function marked(files: Readonly<Record<string, string>>, version = ""): Promise<Marked> {
  const [name, text] = Object.entries(files).find(([, content]) => content.includes("|")) ?? ["", ""];
  const offset = text.indexOf("|");
  const bare = text.slice(0, offset) + text.slice(offset + 1);
  const context = await contextOf({ ...files, [name]: bare }, name, version);
  const port = portOf({ ...files, [name]: bare });
  return { context, offset, port };
}

/** The context of one file of a configuration. */
export async function contextOf(
  files: Readonly<Record<string, string>>,
  name: string,
  version = "",
): Promise<ConfigContext> {
  const port = portOf(files);
  const file = await port.read(`${FOLDER}/${name}`);
  if (typeof file === "string") throw new Error(`${name}: ${file}`);
  const server = await loadMailServer(port, FOLDER, { defaultOf });
  return configContext(kindOf(name), file, server, defaultOf, parsePostfixVersion(version));
}

function portOf(files: Readonly<Record<string, string>>): ReturnType<typeof memoryFiles> {
  return memoryFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text])));
}

function kindOf(name: string): ConfigKind {
  if (name === "main.cf") return "main";
  if (name === "master.cf") return "master";
  if (name.endsWith(".cf")) return "client";
  if (name.endsWith(".pcre") || name.endsWith(".regexp")) return "pattern";
  return name.endsWith(".cidr") ? "cidr" : "indexed";
}
