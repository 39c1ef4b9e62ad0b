import path from "node:path";
import { runProgram } from "./run-program.ts";

/** A certificate of mail.example.com that signs itself, and its key: `@cert@` and `@key@` in the files of cases. */
export async function makeCertificate(folder: string): Promise<{ readonly cert: string; readonly key: string }> {
  const [cert, key] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=mail.example.com", "-addext", "subjectAltName=DNS:mail.example.com"];
  await runProgram("openssl", ["req", "-x509", ...curve, ...names, "-days", "2", "-keyout", key, "-out", cert]);
  return { cert, key };
}
