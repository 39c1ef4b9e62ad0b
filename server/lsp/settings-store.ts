import { defaultSettings, readSettings, type Settings } from "@postmaster/core/features/settings.ts";

/** The user's settings as far as the editor told them. */
export interface SettingsStore {
  /** For one document: settings may differ by folder. */
  of(uri: string): Promise<Settings>;
  /** Something changed. `pushed`: the `postmaster` section if the editor sent it along. */
  changed(pushed: unknown): void;
  /** Grows with every change: what was computed under another one is stale. */
  readonly epoch: number;
}

/** @param ask asks the editor for the `postmaster` section; null if it does not answer such questions */
export function createSettingsStore(ask: ((uri: string) => Promise<unknown>) | null): SettingsStore {
  const asked = new Map<string, Promise<Settings>>();
  let told = defaultSettings;
  let epoch = 0;
  return {
    of(uri) {
      if (ask === null) return Promise.resolve(told);
      const known = asked.get(uri);
      if (known !== undefined) return known;
      const answer = ask(uri).then(readSettings, () => defaultSettings);
      asked.set(uri, answer);
      return answer;
    },
    changed(pushed) {
      asked.clear();
      if (ask === null) told = readSettings(pushed);
      epoch += 1;
    },
    get epoch() {
      return epoch;
    },
  };
}
