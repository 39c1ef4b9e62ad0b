import type { FieldType } from "@postmaster/core/log/field-types.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";

const SAMPLES: Readonly<Record<FieldType, string>> = {
  queue_id: "4Zx1Qk0Y1Mz3kT",
  verb: "hold",
  stage: "RCPT",
  client: "mx.example[192.0.2.1]:4711",
  int: "7",
  number: "0.5",
  code: "450",
  dsn: "4.7.1",
  ip: "192.0.2.9",
  char: "x",
  item: "an item",
  address: "bob@example.com",
  addresses: "<bob@example.com>,<eve@example.org>",
  helo: "pc.example",
  word: "word",
  text: "some text",
  rest: "the rest of it",
  envelope: "; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<pc.example>",
  delivery: ", relay=none, delay=1, delays=0.1/0/0.9/0, dsn=4.4.1",
  login: ", sasl_method=PLAIN, sasl_username=bob",
  stats: " ehlo=1 auth=0/1 quit=1 commands=2/3",
  session: ", method=PLAIN, rip=192.0.2.7, lip=192.0.2.1, TLS, session=<Ab1>",
  amavis: ", Queue-ID: 4Zx1Qk0Y1Mz3kT, Hits: -1.9, size: 123, 51 ms",
};

/** A message that the template's program could have printed. */
export function synthesize(template: string): string {
  return parseTemplate(template)
    .map((segment) => (segment.kind === "literal" ? segment.text : SAMPLES[segment.type]))
    .join("");
}
