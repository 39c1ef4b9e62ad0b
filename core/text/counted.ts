/** `1 key`, `14 keys`. @param noun one whose plural takes an `s` and no more */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
