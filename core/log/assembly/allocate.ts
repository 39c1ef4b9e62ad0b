let next: usize = __heap_base;

/** Memory that is never given back: tables, and what is kept of writers. All zeros. */
export function allocate(bytes: usize): usize {
  const start = (next + 15) & ~15;
  next = start + bytes;
  const missing = <i32>((next + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return start;
}
