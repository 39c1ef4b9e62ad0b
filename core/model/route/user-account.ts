import { type LookupContext, lookUp } from "../lookup/look-up.ts";

/** What passwd(5) says of a user. */
export interface PasswordEntry {
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
}

/** `none`: the machine has no such user; `unknown`: who its users are is not seen from here. */
export type UserAccount = PasswordEntry | "none" | "unknown";

export async function accountOf(context: LookupContext, user: string): Promise<UserAccount> {
  const answer = await lookUp(context, "unix:passwd.byname", user);
  if (answer.kind === "not-found") return "none";
  if (answer.kind !== "found") return "unknown";
  const [, , uid = "", , , home = "", shell = ""] = answer.value.split(":");
  return { uid: Number(uid), home, shell };
}
