import { createHmac, randomBytes } from "node:crypto";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { createPseudonyms } from "@postmaster/core/report/redact/pseudonyms.ts";
import type { Redactor } from "@postmaster/core/report/redact/redactor.ts";
import { createVocabulary } from "@postmaster/core/report/redact/vocabulary.ts";

/** @param key the same key gives the same names, and IP addresses that are computed; null: one that nobody will know */
export function createRedactor(engine: LogEngine, key: Uint8Array | null): Redactor {
  const secret = key ?? randomBytes(32);
  const hash = (text: string): Uint8Array => createHmac("sha256", secret).update(text).digest();
  return { engine, names: createPseudonyms(hash, key === null), vocabulary: createVocabulary() };
}
