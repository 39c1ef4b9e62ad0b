/**
 * How many indices from 0 on hold, found by halves. The index of the first that does not, where any does not.
 * @param holds for `length` indices of which those that hold come first
 */
export function countLeading(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
