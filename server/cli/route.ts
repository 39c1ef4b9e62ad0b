import { decisionPlace } from "@postmaster/core/features/route/decision-place.ts";
import type { RouteLine } from "@postmaster/core/features/route/route-line.ts";
import { routeLines } from "@postmaster/core/features/route/route-lines.ts";
import { findRoute, smtpdNamed } from "@postmaster/core/model/route/find-route.ts";
import type { RouteContext } from "@postmaster/core/model/route/forward-file.ts";
import type { MailRoute } from "@postmaster/core/model/route/mail-route.ts";
import type { Painter } from "@postmaster/core/report/terminal/style.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { createNodeFilePort } from "../host/node-file-port.ts";
import { systemAccounts } from "./admit/system-accounts.ts";
import { configuredServer } from "./configured-server.ts";
import { type ExitCode, FOUND_NOTHING, FOUND_SOMETHING, UsageError } from "./exit-code.ts";
import { CONFIGURATION, parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { commandLinePatterns } from "./pattern-matcher.ts";
import { relativeName } from "./uri.ts";

/** `postmaster route`: where a mail would go. */
export async function route(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, {
    ...CONFIGURATION,
    sender: { type: "string" },
    service: { type: "string" },
    format: { type: "string" },
  });
  const format = options.choice("format", ["pretty", "json"]);
  if (options.words.length === 0) throw new UsageError("route needs an address, or several");
  const port = createNodeFilePort();
  const server = await configuredServer(port, options);
  const patternMatcher = commandLinePatterns();
  const answerFor = await systemAccounts(server);
  const context: RouteContext = {
    server,
    service: null,
    patternMatcher,
    answerFor,
    files: server.isCopy ? null : port,
  };
  const service = options.text("service");
  if (service !== null && smtpdNamed(context, service) === null) {
    throw new UsageError(`master.cf has no smtpd service called “${service}”`);
  }
  try {
    let isCertain = true;
    for (const recipient of options.words) {
      const found = await findRoute(context, {
        recipient: bare(recipient),
        sender: senderOf(options.text("sender")),
        service,
      });
      const lines = routeLines(found);
      if (lines.some(({ kind }) => kind === "problem")) isCertain = false;
      await output.write(format === "json" ? jsonRoute(found, lines) : prettyRoute(found, lines, output.paint));
    }
    return isCertain ? FOUND_NOTHING : FOUND_SOMETHING;
  } finally {
    await patternMatcher.close();
  }
}

function senderOf(given: string | null): string | null {
  return given === null ? null : bare(given);
}

/** `<user@example.com>` as people copy it out of a log. */
function bare(address: string): string {
  return address.startsWith("<") && address.endsWith(">") ? address.slice(1, -1) : address;
}

const LABEL_WIDTH = 12;

function prettyRoute({ request }: MailRoute, lines: readonly RouteLine[], paint: Painter): string {
  const head = `${paint("bold", visibleText(request.recipient))}\n`;
  return `${head}${lines.map((line) => prettyLine(line, paint)).join("")}\n`;
}

function prettyLine({ kind, label, text, decision }: RouteLine, paint: Painter): string {
  if (kind === "recipient") return `${paint("bold", `→ ${visibleText(text)}`)}\n`;
  const place = decision === null ? "" : paint("dim", `  [${visibleText(sourceOf(decision))}]`);
  const name = paint(kind === "problem" ? "yellow" : "cyan", label.padEnd(LABEL_WIDTH));
  return `  ${name} ${visibleText(text)}${place}\n`;
}

function sourceOf(decision: NonNullable<RouteLine["decision"]>): string {
  const place = decisionPlace(decision);
  if (place !== null) return `${relativeName(place.path)}:${place.line} ${decision.parameter}`;
  return decision.table === null ? `${decision.parameter}, the default` : `${decision.parameter}, ${decision.table}`;
}

function jsonRoute({ request, destinations }: MailRoute, lines: readonly RouteLine[]): string {
  const steps = lines.map(({ kind, label, text, decision }) => ({
    kind,
    label,
    text,
    parameter: decision?.parameter ?? null,
    table: decision?.table ?? null,
    ...(decision === null ? { path: null, line: null } : (decisionPlace(decision) ?? { path: null, line: null })),
  }));
  const ends = destinations.map(({ address, recipient, transport, delivery, check }) => ({
    address,
    recipient,
    class: transport.class?.addressClass ?? null,
    transport: delivery?.transport ?? null,
    nexthop: delivery?.nexthop ?? null,
    check: check.kind,
  }));
  return `${jsonText({ ...request, destinations: ends, steps })}\n`;
}
