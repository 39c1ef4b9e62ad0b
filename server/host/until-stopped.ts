/** A stream until nobody wants more of it, which is asked behind each piece: one that has no end must not be read for ever. */
export async function* untilStopped<Piece>(
  stream: AsyncIterable<Piece>,
  isStopped: () => boolean,
): AsyncGenerator<Piece> {
  for await (const piece of stream) {
    yield piece;
    if (isStopped()) return;
  }
}
