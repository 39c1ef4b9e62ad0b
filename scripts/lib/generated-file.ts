/** A file that a generator would write: the same bytes on every run with the same sources. */
export interface GeneratedFile {
  /** Relative to the top of the checkout, with "/" between folders. */
  readonly path: string;
  readonly text: string;
}
