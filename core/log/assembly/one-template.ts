import { isSame, NOWHERE, nextBlank, nextByte } from "./bytes";
import { closedEnd } from "./closed-fields";
import { found } from "./found";
import { enterField } from "./path";
import { labelAt, recordAt, STEPS } from "./tables";
import { tailStart } from "./tails";

/**
 * One template by itself, as its steps say (matching/tables.ts): what the tree finds of it, without a look at others. Each step goes over the message once at
 * most.
 */
const END: i32 = 0;
const LITERAL: i32 = 1;
const CLOSED: i32 = 2;
const WORD: i32 = 3;

const KIND: usize = 0;
/** Of a literal. */
const START: usize = 4;
const STOP: usize = 8;
/** Of a closed field. */
const TYPE: usize = 4;
const STEP: usize = 12;

/** Find a template that is worth it in `first..last`, if it fits. */
export function tryTemplate(end: usize, first: usize, last: usize): void {
  let at = first;
  let depth: usize = 0;
  for (let step = recordAt(load<i32>(end, STEPS)); load<i32>(step, KIND) != END; step += STEP) {
    const kind = load<i32>(step, KIND);
    if (kind == LITERAL) {
      const literal = labelAt(load<i32>(step, START));
      const length = labelAt(load<i32>(step, STOP)) - literal;
      if (at + length > last || !isSame(literal, at, length)) return;
      at += length;
      continue;
    }
    const stop = kind == CLOSED ? closedEnd(load<i32>(step, TYPE), at, last) : openEnd(step, at, last);
    if (stop == NOWHERE) return;
    enterField(depth, at, stop);
    depth += 1;
    at = stop;
  }
  if (at == last) found(end, depth);
}

/** Where an open field ends: where the literal behind it first stands, or at the end of the line that nothing or this literal ends. */
function openEnd(step: usize, from: usize, last: usize): usize {
  const limit = load<i32>(step, KIND) == WORD ? nextBlank(from, last) : last;
  const next = step + STEP;
  const kind = load<i32>(next, KIND);
  if (kind == END) return limit == last ? last : NOWHERE;
  if (kind != LITERAL) return tailStart(from, limit, last);
  const literal = labelAt(load<i32>(next, START));
  const length = labelAt(load<i32>(next, STOP)) - literal;
  if (from + length > last) return NOWHERE;
  if (load<i32>(next + STEP, KIND) == END) return last - length <= limit ? last - length : NOWHERE;
  const behind = min(limit, last - length) + 1;
  const initial = load<u8>(literal);
  for (let at = nextByte(initial, from, behind); at < behind; at = nextByte(initial, at + 1, behind)) {
    if (isSame(literal, at, length)) return at;
  }
  return NOWHERE;
}
