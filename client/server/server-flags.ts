/**
 * What the server's Node is started with. A keystroke leaves a configuration, and perhaps a list of 1,500 names, for the collector of young objects, which stops all
 * else for 1 to 3 ms. V8 gives young objects 16 MB; with 32 MB twice as many keystrokes pass between two such stops. With 64 MB names were completed
 * no sooner (`npm run bench`).
 */
export const SERVER_FLAGS: readonly string[] = ["--max-semi-space-size=32"];
