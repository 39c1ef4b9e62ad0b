import type { CancellationToken } from "vscode-languageserver";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** @throws ResponseError for a request its editor no longer wants: the answer LSP asks for. Called between the steps of long work. */
export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw cancelled();
}

/** The answer to a request that its editor no longer wants. */
export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/**
 * An error for the server's own log: its kind and where it came from. Not its message, which may quote what was being read, such as a log
 * line or a password.
 */
export function describeFailure(during: string, error: unknown): string {
  if (!(error instanceof Error)) return `${during} failed`;
  const places = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return [`${during} failed: ${error.name}`, ...places.slice(0, 8)].join("\n");
}

export interface FailureLog {
  error(message: string): void;
}

/** The request handler, with its mistakes logged and `otherwise` answered: a user is never shown a stack trace. */
export function guarded<Params, Result>(
  log: FailureLog,
  during: string,
  otherwise: Result,
  handler: (params: Params, token: CancellationToken) => Promise<Result> | Result,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    try {
      stopIfCancelled(token);
      return await handler(params, token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log.error(describeFailure(during, error));
      return otherwise;
    }
  };
}
