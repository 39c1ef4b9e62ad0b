import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import { describeFailure } from "./failure.ts";

/** A message that wants no answer. (The connection's own `window.show…Message` asks the editor and waits.) */
export function tellUser(connection: Connection, type: "warning" | "information", message: string): void {
  const severity = type === "warning" ? MessageType.Warning : MessageType.Info;
  connection
    .sendNotification(ShowMessageNotification.type, { type: severity, message })
    .catch((error: unknown) => connection.console.error(describeFailure("a message", error)));
}
