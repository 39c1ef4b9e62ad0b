import assert from "node:assert/strict";
import { test } from "node:test";
import { openLog } from "@postmaster/core/features/open-log.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { createIdIndex, type MailPlaces } from "@postmaster/core/trace/id-index.ts";
import { createIdReader } from "@postmaster/core/trace/line-ids.ts";
import { pseudoRandom } from "../log/pseudo-random.ts";

const HEAD = "Nov 22 10:00:00 mx1 postfix/smtpd[1]: ";
const engine = createLogEngine([]);

const LIFE = [
  "client=a[192.0.2.1]",
  "message-id=<a>",
  "from=<a>, size=1, nrcpt=1",
  "to=<b>, status=sent (ok)",
  "removed",
];
const lifeOf = (id: string): readonly string[] => LIFE.map((rest) => `${HEAD}${id}: ${rest}`);
const shown = (mail: MailPlaces | null): string =>
  mail === null ? "none" : `${mail.id} ${mail.own.map(({ line }) => line).join(",")}`;

/** An index over lines, and how many lines it has read. */
function counting(lines: readonly string[]) {
  let reads = 0;
  const index = createIdIndex({
    get lineCount() {
      return lines.length;
    },
    lineText(line) {
      reads += 1;
      return lines[line] ?? "";
    },
  });
  return { index, reads: () => reads };
}

test("an id stands for one mail, also where a short one comes again", () => {
  const { index, reads } = counting([...lifeOf("1A2B3C"), ...lifeOf("1A2B3C")]);
  assert.equal(reads(), 0, "nothing is read before somebody asks");
  assert.equal(shown(index.mailAt(3, HEAD.length)), "1A2B3C 0,1,2,3,4");
  assert.equal(shown(index.mailAt(7, HEAD.length + 6)), "1A2B3C 5,6,7,8,9");
  assert.equal(shown(index.mailAt(7, HEAD.length + 7)), "none", "behind the id");
  assert.equal(reads(), 10, "each line is read once");
});

test("an id that another line names is the mail that had begun by then", () => {
  const naming = `${HEAD}FFFFF0: to=<b>, relay=127.0.0.1, status=sent (250 2.0.0 from MTA: 250 Ok: queued as 1A2B3C)`;
  const { index } = counting([...lifeOf("1A2B3C"), ...lifeOf("1A2B3C"), naming, ...lifeOf("1A2B3C")]);
  const mail = index.mailAt(10, naming.indexOf("1A2B3C"));
  assert.equal(shown(mail), "1A2B3C 5,6,7,8,9");
  assert.deepEqual(mail?.all.at(-1), {
    line: 10,
    start: naming.indexOf("1A2B3C"),
    end: naming.indexOf("1A2B3C") + 6,
  });
  assert.equal(shown(index.mailAt(10, HEAD.length)), "FFFFF0 10");
});

test("places count UTF-16 code units, and JSON is looked into", () => {
  const read = createIdReader();
  const odd = `${HEAD}1A2B3C: to=<ä😀@b>, status=sent (250 ü queued as 2A2B3C)`;
  assert.deepEqual(read(odd)?.own, { id: "1A2B3C", at: HEAD.length });
  assert.deepEqual(read(odd)?.named, [{ id: "2A2B3C", at: odd.indexOf("2A2B3C") }]);
  const json = JSON.stringify({
    SYSLOG_IDENTIFIER: "postfix/smtpd",
    _PID: "1",
    MESSAGE: '1A2B3C: client=ä"[192.0.2.1]',
  });
  assert.deepEqual([read(json)?.own?.at, read(json)?.mark], [json.indexOf("1A2B3C"), "origin"]);
});

test("any line is survived, in linear time", () => {
  const read = createIdReader();
  const long = `${HEAD}1A2B3C: ${"queued as ".repeat(100_000)}`;
  assert.deepEqual(read(long)?.named, []);
  assert.equal(read(`${HEAD}1A2B3C: ${"queued as 1A2B3D ".repeat(60_000)}`)?.named.length, 16);
  for (const odd of ["", "\0\0\0\0\0\0\0\0\0", '{"MESSAGE": "1A2B3C: \\', "1A2B3C: ", "\ud800: queued as "]) read(odd);
});

test("after any changes it answers as one made anew", () => {
  const pick = pseudoRandom(7);
  const ids = ["1A2B3C", "2A2B3C", "3A2B3C"];
  const someLine = (): string => {
    const id = ids[pick(3)] ?? "";
    return pick(4) === 0
      ? "nothing"
      : `${HEAD}${id}: ${LIFE[pick(5)] ?? ""}${pick(5) === 0 ? ` queued as ${ids[pick(3)] ?? ""}` : ""}`;
  };
  const document = openLog(createLogDocument(engine, "\n".repeat(5)));
  for (let round = 0; round < 400; round += 1) {
    const start = pick(2) === 0 ? document.lineCount - 1 : pick(document.lineCount + 2);
    const end = start + pick(3);
    const text = Array.from({ length: pick(4) }, someLine).join("\n") + (pick(2) === 0 ? "\n" : "");
    document.change(start, pick(2) * 500, end, pick(2) * 500, text);
    const fresh = createIdIndex(document);
    for (let line = 0; line < document.lineCount; line += 1) {
      assert.deepEqual(document.ids.mailAt(line, HEAD.length), fresh.mailAt(line, HEAD.length), `round ${round}`);
    }
  }
});

test("so it does where only single lines were asked for, before anybody wanted the places of an id", () => {
  const pick = pseudoRandom(11);
  const document = openLog(createLogDocument(engine, `${lifeOf("1A2B3C").join("\n")}\n`));
  for (let round = 0; round < 200; round += 1) {
    document.ids.idsOn(pick(document.lineCount));
    const start = pick(2) === 0 ? document.lineCount - 1 : pick(document.lineCount + 2);
    const text = Array.from({ length: pick(4) }, () => `${HEAD}${pick(2) === 0 ? "1A2B3C" : "2A2B3C"}: removed`).join(
      "\n",
    );
    document.change(start, 0, start + pick(3), pick(2) * 500, text);
    const fresh = createIdIndex(document);
    for (let line = 0; line < document.lineCount; line += 1) {
      assert.deepEqual(document.ids.idsOn(line), fresh.idsOn(line), `round ${round}`);
    }
  }
  assert.deepEqual(document.ids.mailAt(0, HEAD.length), createIdIndex(document).mailAt(0, HEAD.length));
});

test("appending costs the lines that are appended", () => {
  const lines = [...Array.from({ length: 1000 }, () => lifeOf("1A2B3C")).flat(), ""];
  const { index, reads } = counting(lines);
  index.mailAt(0, HEAD.length);
  assert.equal(reads(), 5001);
  const before = lines.length;
  lines.splice(-1, 1, ...lifeOf("2A2B3C"), "");
  index.replaced(before - 1, before - 1, before);
  assert.equal(shown(index.mailAt(5004, HEAD.length)), "2A2B3C 5000,5001,5002,5003,5004");
  assert.equal(reads(), 5007);
});

test("a whole document is indexed in pieces, whatever changes meanwhile, and no line is read twice", () => {
  const lines = Array.from({ length: 4000 }, () => lifeOf("1A2B3C")).flat();
  const { index, reads } = counting(lines);
  const steps = index.reading();
  steps.next();
  assert.ok(!index.isWhole && reads() < 2000, `${reads()} lines were read without a pause`);
  const before = lines.length;
  lines.splice(0, 1, `${HEAD}2A2B3C: removed`);
  index.replaced(0, 0, before);
  while (steps.next().done !== true);
  assert.ok(index.isWhole);
  assert.equal(reads(), before + 1);
  assert.equal(shown(index.mailAt(0, HEAD.length)), "2A2B3C 0");
  assert.equal(index.isAt(1, HEAD.length) && index.isAt(1, HEAD.length + 6), true);
  assert.equal(index.isAt(1, HEAD.length - 1) || index.isAt(1, HEAD.length + 7), false);
  assert.equal(reads(), before + 1);
});
