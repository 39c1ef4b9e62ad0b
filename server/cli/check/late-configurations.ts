import type { ConfigurationOptions, Configurations } from "./configurations.ts";

/** Configurations of which nothing is loaded before one is asked for: most logs hold no line that wants one. */
export function lateConfigurations(options: ConfigurationOptions): Configurations {
  let loading: Promise<Configurations> | null = null;
  const load = async (): Promise<Configurations> => (await import("./configurations.ts")).createConfigurations(options);
  const loaded = (): Promise<Configurations> => (loading ??= load());
  return {
    port: options.port,
    surroundingsOfLog: async (...log) => (await loaded()).surroundingsOfLog(...log),
    servicesOfLog: async (...log) => (await loaded()).servicesOfLog(...log),
    surroundingsOfServer: async (server) => (await loaded()).surroundingsOfServer(server),
    forget() {
      // What was read is forgotten with who read it.
      loading = null;
    },
  };
}
