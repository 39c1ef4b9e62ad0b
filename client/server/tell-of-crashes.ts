import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient/node";
import type { Crashes } from "./crashes.ts";
import { offerRestart } from "./offer-restart.ts";

/**
 * Starts the server again after it ended by itself; when that happens too often, says so once and leaves it to the user.
 * @param isEnding whether it is being ended for the user, by one who starts it again
 */
export function tellOfCrashes(crashes: Crashes, isEnding: () => boolean): ErrorHandler {
  return {
    // What cannot be written to a server that is gone: its end is told on its own.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed() {
      if (isEnding())
        return {
          action: CloseAction.DoNotRestart,
          handled: true,
          message: "The server did not answer and was ended for the user.",
        };
      if (crashes.mayRestart(performance.now()))
        return {
          action: CloseAction.Restart,
          handled: true,
          message: "The server ended by itself. It is started again.",
        };
      void offerRestart(
        "Postmaster's server ended five times within three minutes and is not started again. Until it is, nothing is explained or checked.",
      );
      return {
        action: CloseAction.DoNotRestart,
        handled: true,
        message: "The server ended too often. It is not started again.",
      };
    },
  };
}
