const KEY = "postmaster.languageChosenByUser";
/** Old choices are forgotten first. */
const MOST = 200;

/** What VS Code's workspace state does for us. */
interface Store {
  get(key: string): unknown;
  update(key: string, value: readonly string[]): PromiseLike<void>;
}

/** Documents that the user took out of our hands by choosing another language, remembered for the workspace. */
export interface ManualChoices {
  has(uri: string): boolean;
  add(uri: string): Promise<void>;
  remove(uri: string): Promise<void>;
}

export function createManualChoices(store: Store): ManualChoices {
  const chosen = (): readonly string[] => {
    const kept = store.get(KEY);
    return Array.isArray(kept) ? kept.filter((uri) => typeof uri === "string") : [];
  };
  const without = (uri: string) => chosen().filter((known) => known !== uri);
  return {
    has: (uri) => chosen().includes(uri),
    add: async (uri) => store.update(KEY, [...without(uri), uri].slice(-MOST)),
    remove: async (uri) => {
      if (chosen().includes(uri)) await store.update(KEY, without(uri));
    },
  };
}
