import { CancellationError } from "vscode";

/** Of VS Code's own commands a cancellation comes as an error with only its name. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CancellationError || (error instanceof Error && error.message === "Canceled");
}
