import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar, type IRawTheme, type Registry } from "vscode-textmate";

const GRAMMARS = new URL("../../syntaxes/", import.meta.url);

/** Names of the files in syntaxes/ by the scope of the grammar they hold. */
export const GRAMMAR_FILES: Readonly<Record<string, string>> = {
  "text.postfix-log": "postfix-log",
  "source.postfix-main-cf": "postfix-main-cf",
  "source.postfix-master-cf": "postfix-master-cf",
  "source.postfix-table": "postfix-table",
  "source.postfix-regexp-table": "postfix-regexp-table",
  "source.postfix-cidr-table": "postfix-cidr-table",
  "source.postfix-table-config": "postfix-table-config",
};

/** VS Code's own tokenizer with our grammars. */
export async function createRegistry(theme?: IRawTheme): Promise<Registry> {
  return new textmate.Registry({
    onigLib: onigLib(),
    ...(theme === undefined ? {} : { theme }),
    loadGrammar: async (scope) => {
      const name = GRAMMAR_FILES[scope];
      if (name === undefined) throw new Error(`a grammar includes ${scope}, which is not ours`);
      const file = new URL(`${name}.tmLanguage.json`, GRAMMARS);
      return textmate.parseRawGrammar(await readFile(file, "utf8"), file.pathname);
    },
  });
}

export async function grammarOf(registry: Registry, scope: string): Promise<IGrammar> {
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`no grammar for ${scope}`);
  return grammar;
}

let loading: Promise<void> | null = null;

/** The engine, loaded once. */
export async function onigLib() {
  loading ??= readFile(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")).then((wasm) =>
    oniguruma.loadWASM(new Uint8Array(wasm).buffer),
  );
  await loading;
  return {
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  };
}
