import { parameterByName } from "@postmaster/core/reference/parameter.ts";
import { parseMainCf } from "@postmaster/core/syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";

const SERVICE_TYPES = new Set(["inet", "unix", "unix-dgram", "fifo", "pass"]);

/** Which of Postfix's two files these first bytes are of; null for neither. */
export function kindOfConfiguration(head: Uint8Array): "main-cf" | "master-cf" | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  if (parseMasterCf(text).services.some(({ type, fields }) => SERVICE_TYPES.has(type) && fields.length === 8))
    return "master-cf";
  const { definitions, problems } = parseMainCf(text);
  const known = definitions.filter(({ name }) => parameterByName(name) !== null).length;
  return known > 0 && known * 2 >= definitions.length + problems.length ? "main-cf" : null;
}
