import { daemons, masterFields } from "@postmaster/core/reference/daemon.ts";
import { LOG_TERMS, logTermDescription } from "@postmaster/core/reference/log-term.ts";
import { allParameters, parameterTemplates, removedParameters } from "@postmaster/core/reference/parameter.ts";
import { restrictions } from "@postmaster/core/reference/restriction.ts";
import { decodeEnhanced, enhancedDetails, replyCodes } from "@postmaster/core/reference/status-code.ts";
import { accessActions, headerBodyChecksActions } from "@postmaster/core/reference/table-action.ts";
import { tableConfigKeys, tableTypes } from "@postmaster/core/reference/table-type.ts";

/** One thing of the reference and what is said of it. */
export interface Description {
  readonly subject: string;
  /** The words that the name itself already says. */
  readonly name: string;
  readonly text: string;
}

/** Every description a reader can meet, of every subject. */
export function allDescriptions(): readonly Description[] {
  const classes = ["2", "4", "5"].map((digit) => decodeEnhanced(`${digit}.0.0`)?.class.description ?? "");
  const subjects = Array.from({ length: 8 }, (_, index) => decodeEnhanced(`5.${index}.0`)?.subject?.description ?? "");
  return [
    ...named("parameter", [...allParameters(), ...parameterTemplates(), ...removedParameters()]),
    ...named("restriction", restrictions),
    ...named("access action", accessActions),
    ...named("header and body checks action", headerBodyChecksActions),
    ...named(
      "table type",
      tableTypes.map((type) => ({ name: type.type, description: type.description })),
    ),
    ...named(
      "client file key",
      tableConfigKeys.map((key) => ({ name: `${key.table}/${key.name}`, description: key.description })),
    ),
    ...named("master.cf field", masterFields),
    ...named("daemon", daemons),
    ...enhancedDetails.map((detail) => ({
      subject: `status ${detail.code}`,
      name: detail.name,
      text: detail.description,
    })),
    ...replyCodes.map((reply) => ({
      subject: `reply ${reply.code}`,
      name: reply.name ?? "",
      text: reply.description,
    })),
    ...LOG_TERMS.map((term) => ({ subject: `log term ${term}`, name: term, text: logTermDescription(term) })),
    ...classes.map((text, index) => ({ subject: `status class ${index}`, name: "class", text })),
    ...subjects.map((text, index) => ({ subject: `status subject ${index}`, name: "subject", text })),
  ];
}

function named(
  kind: string,
  rows: readonly { readonly name: string; readonly description: string }[],
): readonly Description[] {
  return rows.map((row) => ({ subject: `${kind} ${row.name}`, name: row.name, text: row.description }));
}
