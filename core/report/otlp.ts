import type { LogLevel } from "../log/log-line.ts";
import { systemName } from "../log/systems.ts";
import type { Peer } from "./line-values.ts";
import type { ParsedLine } from "./parsed-line.ts";

/** A value as OTLP's JSON encoding wraps it. 64-bit integers are strings there. */
export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } };

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

/** OpenTelemetry's severity numbers (log data model): INFO, WARN, ERROR, FATAL, FATAL4. */
const SEVERITY: Readonly<Record<LogLevel, number>> = { info: 9, warning: 13, error: 17, fatal: 21, panic: 24 };

/**
 * One line as an OTLP `LogsData` object, as OpenTelemetry's file exporters write them: one a line of JSON.
 * @param timeUnixNano nanoseconds since 1970 as decimal digits; null where the line has no time
 * @param file the log's name
 */
export function otlpLine(parsed: ParsedLine, timeUnixNano: string | null, file: string, version: string): object {
  const resource = attributes({
    "service.name": parsed.program ?? parsed.system ?? "unknown_service",
    "service.namespace": parsed.system === null ? undefined : systemName(parsed.system),
    "host.name": parsed.host ?? undefined,
  });
  const record = {
    ...(timeUnixNano === null ? {} : { timeUnixNano }),
    severityNumber: SEVERITY[parsed.level],
    severityText: parsed.level,
    ...(parsed.message === null ? {} : { eventName: parsed.message }),
    body: { stringValue: parsed.text },
    attributes: attributes({ ...recordAttributes(parsed), "log.file.name": file }),
  };
  return {
    resourceLogs: [
      {
        resource: { attributes: resource },
        scopeLogs: [{ scope: { name: "postmaster", version }, logRecords: [record] }],
      },
    ],
  };
}

type Plain = string | number | readonly string[] | undefined;

/** Names of OpenTelemetry's semantic conventions where they have one; else under `mail.`. See docs/parse.md. */
function recordAttributes(parsed: ParsedLine): Readonly<Record<string, Plain>> {
  const { values } = parsed;
  const failed = values?.status === undefined ? values?.verb?.endsWith("reject") === true : values.status !== "sent";
  return {
    "process.pid": parsed.pid ?? undefined,
    "client.address": values?.client?.address,
    "client.port": values?.client?.port,
    "mail.client.name": values?.client?.name,
    "server.address": addressOf(values?.server),
    "server.port": values?.server?.port,
    "network.peer.address": values?.server?.address ?? values?.client?.address,
    "network.protocol.name": values?.protocol?.toLowerCase(),
    "tls.protocol.name": values?.tls?.version === undefined ? undefined : values.tls.version.slice(0, 3).toLowerCase(),
    "tls.protocol.version": values?.tls?.version?.replace(/^[A-Za-z]+v/, ""),
    "tls.cipher": values?.tls?.cipher,
    "user.name": values?.sasl?.user,
    "error.type": failed ? (values?.dsn ?? values?.reply_code?.toString()) : undefined,
    "mail.queue_id": parsed.queue_id ?? undefined,
    "mail.message_id": values?.message_id,
    "mail.sender": values?.sender,
    "mail.recipients": values?.recipients,
    "mail.helo": values?.helo,
    "mail.stage": values?.stage,
    "mail.verb": values?.verb,
    "mail.status": values?.status,
    "mail.dsn": values?.dsn,
    "mail.reply_code": values?.reply_code,
    "mail.reason": values?.reason,
    "mail.size": values?.size,
    "mail.delay": values?.delay,
    "mail.delay.before": values?.delays?.before,
    "mail.delay.queue": values?.delays?.queue,
    "mail.delay.connect": values?.delays?.connect,
    "mail.delay.transmit": values?.delays?.transmit,
    "mail.new_queue_id": values?.new_queue_id,
    "mail.sasl.method": values?.sasl?.method,
    "mail.spam.score": values?.score,
    "postmaster.entry": parsed.entry ?? undefined,
    "postmaster.severity": parsed.severity ?? undefined,
    "postmaster.fault": parsed.fault ?? undefined,
  };
}

/** The convention wants the name where there is one. */
function addressOf(server: Peer | undefined): string | undefined {
  return server?.name ?? server?.address ?? server?.socket;
}

/** Names whose numbers are no integers by nature. */
const DOUBLES = /^mail\.(?:delay|spam)/;

function attributes(plain: Readonly<Record<string, Plain>>): readonly OtlpAttribute[] {
  return Object.entries(plain).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: wrap(key, value) }],
  );
}

function wrap(key: string, value: string | number | readonly string[]): OtlpValue {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "number")
    return Number.isInteger(value) && !DOUBLES.test(key) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map((one) => ({ stringValue: one })) } };
}
