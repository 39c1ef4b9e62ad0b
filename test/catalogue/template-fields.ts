import { parseTemplate } from "@postmaster/core/log/template.ts";

/** Fields that a field of a template brings along, by its type. */
const BROUGHT: Readonly<Record<string, readonly string[]>> = {
  client: ["client_name", "client_address", "client_port"],
  envelope: ["sender", "recipient", "proto", "helo", "sasl_method", "sasl_username", "sasl_sender"],
  delivery: ["orig_to", "relay", "conn_use", "delay", "delays", "tls", "dsn"],
  login: ["sasl_method", "sasl_username", "sasl_sender"],
};

/** Names of all fields that each of the templates can fill. */
export function templateFields(templates: readonly string[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = templates.map(fieldsOf);
  return new Set([...first].filter((field) => others.every((fields) => fields.has(field))));
}

function fieldsOf(template: string): ReadonlySet<string> {
  const names = parseTemplate(template).flatMap((segment) =>
    segment.kind === "field" ? [segment.name, ...(BROUGHT[segment.type] ?? [])] : [],
  );
  return new Set(names);
}
