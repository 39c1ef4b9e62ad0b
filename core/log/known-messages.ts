import messages from "../generated/messages.json" with { type: "json" };
import type { MessageRecord } from "./message-data.ts";

/** Every message of the reference. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked when the file was made, and a test that it is fresh
export const knownMessages: readonly MessageRecord[] = messages as readonly MessageRecord[];
