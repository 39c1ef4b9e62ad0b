/** `99,900`: the same everywhere, since the words around it are English. */
export function countText(count: number): string {
  let digits = String(Math.round(count));
  let groups = "";
  while (digits.length > 3) {
    groups = `,${digits.slice(-3)}${groups}`;
    digits = digits.slice(0, -3);
  }
  return digits + groups;
}

/** `1 key`, `14 keys`. @param noun one whose plural takes an `s` and no more */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
