/** Where trust comes from, and how the server is told. */
export interface TrustTellerOptions {
  readonly isTrusted: () => boolean;
  /** The server has answered `initialize`. */
  readonly isRunning: () => boolean;
  readonly tell: () => void;
}

/**
 * Sees to it that a server hears of trust however trust and start follow each other: a server that is just starting has been told that
 * there is none, and takes no message yet. Trust is never taken back without VS Code starting everything anew.
 */
export interface TrustTeller {
  /** What a server that is started now is told. */
  atStart(): boolean;
  /** To be called when trust was granted and when a server has started. */
  check(): void;
}

export function createTrustTeller({ isTrusted, isRunning, tell }: TrustTellerOptions): TrustTeller {
  let isTold = false;
  return {
    atStart() {
      isTold = isTrusted();
      return isTold;
    },
    check() {
      if (isTold || !isTrusted() || !isRunning()) return;
      isTold = true;
      tell();
    },
  };
}
