/** What is to be counted of a template's lines (core/log/flow/flow-plan.ts): numbers, of which the first says what event it is. */
export type Plan = usize;

export const EVENT: usize = 0;

/** Fields by their places in the template, -1 where it lacks one. */
export const QUEUE_ID: usize = 4;
export const CLIENT: usize = 8;
export const LOGIN: usize = 12;
export const SENDER: usize = 16;
export const SIZE: usize = 20;
export const RECIPIENT: usize = 24;
export const DELIVERY: usize = 28;
export const STATUS: usize = 32;
export const REASON: usize = 36;
export const PROTOCOL: usize = 40;
export const VERB: usize = 44;
export const CODE: usize = 48;
export const SESSION: usize = 52;
export const USER: usize = 56;
export const ATTEMPTS: usize = 60;

export function hasField(plan: Plan, field: usize): bool {
  return load<i32>(plan + field) != -1;
}

/** Where a field that the template has starts. @param positions of the line's fields */
export function startOf(plan: Plan, field: usize, positions: usize): usize {
  return load<usize>(positions + ((<usize>load<i32>(plan + field)) << 3));
}

export function endOf(plan: Plan, field: usize, positions: usize): usize {
  return load<usize>(positions + ((<usize>load<i32>(plan + field)) << 3), 4);
}
