import assert from "node:assert/strict";
import { test } from "node:test";
import { createMachine } from "@postmaster/core/log/machine/machine.ts";
import { createMatcher, type Matcher, type Sought, type Template } from "@postmaster/core/log/matcher.ts";
import { matcherTables } from "@postmaster/core/log/matching/matcher-tables.ts";
import { messageTemplates } from "@postmaster/core/log/message-data.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { MESSAGE_LINES } from "./message-lines.ts";
import { pseudoRandom } from "./pseudo-random.ts";
import { referenceMessages } from "./reference-messages.ts";

const entry = (id: string, text: string): Template => ({ id, text, layer: "entry" });
/** Ends of every kind: open fields before a literal, a list, another field and the end of the line; closed ones; several that fit. */
const ENTRIES = [
  entry("first", "{queue_id}: {verb}: {stage} from {client}: {code} {dsn} <{recipient:text}>: {reason:text}{envelope}"),
  entry("second", "{queue_id}: {verb}: {text}"),
  entry("third", "{a:text} from {b:word}"),
  entry("fourth", "{a:word}: {b:text} refused{more:rest}"),
  entry("fifth", "{any:text}: {other:text}"),
  entry("sixth", "{any:text}lost connection{more:text}"),
  entry("seventh", "{client}: {text}{envelope}"),
];
const TEMPLATES = [...messageTemplates(referenceMessages()), ...ENTRIES];
const EXPLAINED = new Set(["smtpd/lost-connection-after", "smtpd/sasl-authentication-failed"]);
const TABLES = matcherTables(TEMPLATES, EXPLAINED);
const MESSAGES = Object.entries(MESSAGE_LINES).flatMap(([program, ids]) =>
  Object.values(ids).flatMap((lines) => lines.map((line) => ({ program, line }))),
);

function foundBy(matcher: Matcher, bytes: Uint8Array, daemon: string, sought: Sought): object {
  const row = matcher.rowOf({ tagged: true, system: "postfix", daemon });
  const {
    message,
    entry: explaining,
    mayBeExplained,
    messagePositions,
    entryPositions,
  } = matcher.find(bytes, 0, bytes.length, row, sought);
  const spans = (template: number, positions: Int32Array): readonly number[] => {
    const fields = (TEMPLATES[template]?.text.match(/(?<!\{)\{[a-z_]/gu) ?? []).length;
    return [...positions.subarray(0, fields * 2)];
  };
  return {
    message,
    explaining,
    mayBeExplained,
    messageSpans: message === -1 ? [] : spans(message, messagePositions),
    entrySpans: explaining === -1 ? [] : spans(explaining, entryPositions),
  };
}

test("templates that are tried by themselves fit what the tree finds, to the byte", () => {
  const inTree = createMatcher(createMachine(() => TABLES, 0));
  const alone = createMatcher(createMachine(() => TABLES, 1_000_000));
  const usual = createMatcher(createMachine(() => TABLES));
  const random = pseudoRandom(31);
  let found = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const { program, line } = MESSAGES[random(MESSAGES.length)] ?? { program: "", line: "" };
    const other = MESSAGES[random(MESSAGES.length)]?.line ?? "";
    const at = random(line.length + 1);
    const torn = line.slice(0, at) + other.slice(random(other.length + 1));
    const bytes = encodeUtf8(random(2) === 0 ? line : torn);
    const sought = random(3) === 0 ? "entry" : "both";
    const wanted = foundBy(inTree, bytes, program, sought);
    assert.deepEqual(foundBy(alone, bytes, program, sought), wanted, line);
    assert.deepEqual(foundBy(usual, bytes, program, sought), wanted, line);
    if ("message" in wanted && wanted.message !== -1) found += 1;
  }
  assert.ok(found > 5000);
});
