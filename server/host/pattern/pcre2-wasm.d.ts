/** The part of the engine that is used here; the package ships no types. */
declare module "@stephen-riley/pcre2-wasm" {
  /** Offsets of the whole match (0) and of its groups (from 1), in UTF-16 code units. */
  export interface Match {
    /** Groups and the whole match together. */
    readonly length: number;
    readonly [group: number]: { readonly start: number; readonly end: number };
  }
  class Pcre {
    /** Load the engine; once, before anything else. */
    static init(): Promise<void>;
    /** @throws if the pattern does not compile. Flags: any of `m`, `s`, `i`, `x`. */
    constructor(pattern: string, flags?: string);
    /** Null for no match. @throws if the engine gave up. */
    match(subject: string): Match | null;
    /** Free the engine's memory for the pattern. */
    destroy(): void;
  }
  /** A CommonJS module: what it exports is seen as the default. */
  const exported: { readonly default: typeof Pcre };
  export default exported;
}
