import type { Session } from "../session.ts";
import { tellUser } from "../tell-user.ts";

export function onExecuteCommand(session: Session, name: string, arguments_: readonly unknown[]): null {
  const [argument] = arguments_;
  const fields: Readonly<Record<string, unknown>> =
    typeof argument === "object" && argument !== null ? { ...argument } : {};
  const title = textOf(fields["title"]);
  const commands = Array.isArray(fields["commands"]) ? fields["commands"].map(textOf) : [];
  const say = (text: string): void => tellUser(session.connection, "information", text);
  switch (name) {
    case "postmaster.afterFix":
      if (commands.length > 0) say(`${title}. To take effect:\n${commands.join("\n")}`);
      return null;
    case "postmaster.copyCommands":
      say(`${title}:\n${commands.join("\n")}`);
      return null;
    case "postmaster.showLines":
      say(`${textOf(fields["reason"])}\n${textOf(fields["fileName"])}:\n${textOf(fields["text"])}`);
      return null;
    case "postmaster.showReason":
      say(`${title}\n${textOf(fields["reason"])}`);
      return null;
    default:
      return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
