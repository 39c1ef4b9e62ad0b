import type { FilePort, SourceFile } from "@postmaster/core/io/file-port.ts";

/** What a file is unless a test says otherwise. */
export type FileTraits = Partial<Pick<SourceFile, "encoding" | "savedAs" | "writable">>;

/** A file system of a few files. */
export function memoryFiles(
  files: Readonly<Record<string, string>>,
  traits: Readonly<Record<string, FileTraits>> = {},
): FilePort {
  return {
    read: (path) => {
      const text = files[path];
      if (text === undefined) return Promise.resolve("missing");
      return Promise.resolve(memoryFile(path, text, traits[path]));
    },
    status: (path) => Promise.resolve(files[path] === undefined ? "missing" : { modifiedMs: 0, mode: null, uid: null }),
    isLink: () => Promise.resolve(false),
    tail: (path, bytes) => {
      const text = files[path];
      if (text === undefined) return Promise.resolve("missing");
      const from = text.length <= bytes ? 0 : text.indexOf("\n", text.length - bytes) + 1;
      const linesBefore = (): Promise<number> => Promise.resolve(text.slice(0, from).split("\n").length - 1);
      return Promise.resolve({
        uri: `file://${path}`,
        text: text.slice(from),
        modifiedMs: 0,
        isCompressed: false,
        linesBefore,
      });
    },
    savedAs: (path) => Promise.resolve(traits[path]?.savedAs ?? null),
    list: (directory) => {
      const names = new Set<string>();
      const prefix = directory === "/" ? "/" : `${directory}/`;
      for (const path of Object.keys(files)) {
        if (path.startsWith(prefix)) names.add(path.slice(prefix.length).split("/")[0] ?? "");
      }
      return Promise.resolve(names.size === 0 ? null : [...names]);
    },
  };
}

export function memoryFile(path: string, text: string, traits: FileTraits = {}): SourceFile {
  return { uri: `file://${path}`, path, text, encoding: "utf-8", version: null, writable: true, ...traits };
}
