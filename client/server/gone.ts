import { CancellationError, window } from "vscode";
import { ErrorCodes, ResponseError } from "vscode-languageclient/node";
import { offerRestart } from "./offer-restart.ts";

/**
 * An answer of the server's. If there is no server, or it ended before it answered, the user is told in words.
 * @throws a CancellationError then: whoever asked need say no more
 */
export async function orTellItIsGone<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof ResponseError ? error.code : null;
    if (code === ErrorCodes.ConnectionInactive) void offerRestart("Postmaster's server is not running.");
    else if (code === ErrorCodes.PendingResponseRejected)
      void window.showWarningMessage("Postmaster's server ended before it had answered. Try again.");
    else throw error;
    throw new CancellationError();
  }
}
