import {
  isPasswordTable,
  secretsOf,
  secretsOfLine,
  secretsOfPasswordTable,
  withoutSecrets,
  worthHiding,
} from "../../model/secrets.ts";
import type { ConfigContext, ConfigDocument } from "./context.ts";

/** Makes texts about a document fit to be shown: the passwords of its configuration and its own are taken out. */
export function secretsHidden({ document, server }: ConfigContext): (text: string) => string {
  const secrets = worthHiding([...secretsOf(server), ...secretsOfDocument(document)]);
  return secrets.length === 0 ? (text) => text : (text) => withoutSecrets(text, secrets);
}

function secretsOfDocument(document: ConfigDocument): readonly string[] {
  const { file, tree } = document;
  if (document.kind === "client") {
    return [
      ...document.tree.secretSpans.map(({ start, end }) => file.text.slice(start, end)),
      ...document.tree.problems.flatMap(({ lineText }) => secretsOfLine(lineText)),
    ];
  }
  return "rules" in tree && isPasswordTable(file.path) ? secretsOfPasswordTable(file.text) : [];
}
