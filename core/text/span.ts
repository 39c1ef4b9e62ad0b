/** A half-open range of offsets in one text: UTF-16 code units for strings, bytes where a function says so. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function textOf(text: string, at: Span): string {
  return text.slice(at.start, at.end);
}

export function contains(at: Span, offset: number): boolean {
  return at.start <= offset && offset < at.end;
}
