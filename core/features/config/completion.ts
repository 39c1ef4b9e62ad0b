import type { FilePort } from "../../io/file-port.ts";
import { mainSuggestions } from "./complete-main.ts";
import { masterSuggestions } from "./complete-master.ts";
import { clientSuggestions, tableRowSuggestions } from "./complete-table.ts";
import type { ConfigContext } from "./context.ts";
import type { Suggestions } from "./suggestion.ts";

/** What may be written at an offset of a configuration file. The port is asked for names of files only where a path stands. */
export async function completion(
  context: ConfigContext,
  offset: number,
  port: Pick<FilePort, "list">,
): Promise<Suggestions> {
  const { document } = context;
  switch (document.kind) {
    case "main":
      return mainSuggestions(context, document.tree, offset, port);
    case "master":
      return masterSuggestions(context, document.tree, offset, port);
    case "client":
      return clientSuggestions(context, document.tree.text, offset);
    default:
      return tableRowSuggestions(context, document, offset);
  }
}
