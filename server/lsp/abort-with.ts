import type { CancellationToken } from "vscode-languageserver";

/** A signal that goes off when the editor no longer wants the answer. */
export function abortWith(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
