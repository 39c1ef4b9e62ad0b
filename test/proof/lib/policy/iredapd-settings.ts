import { fileURLToPath } from "node:url";
import { runProgram } from "../run-program.ts";

/** What of iRedAPD's settings the policy server acts on. */
export interface IredapdSettings {
  readonly plugins: readonly string[];
  readonly MYNETWORKS: readonly string[];
  readonly ALLOWED_FORGED_SENDERS: readonly string[];
  readonly ALLOWED_LOGIN_MISMATCH_SENDERS: readonly string[];
  readonly ALLOWED_LOGIN_MISMATCH_LIST_MEMBER: boolean;
  readonly GREYLISTING_MESSAGE: string;
  /** Minutes. */
  readonly GREYLISTING_BLOCK_EXPIRE: number;
}

/** Read by Python itself, so that an edit which only looks right does not pass. @throws if Python does not take the file. */
export async function readIredapdSettings(file: string): Promise<IredapdSettings> {
  const script = fileURLToPath(new URL("read_settings.py", import.meta.url));
  const settings: unknown = JSON.parse(await runProgram("python3", [script, file]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script prints exactly these names
  return settings as IredapdSettings;
}
