/** A heap of numbers that stand for something: what comes first is on top. A sorted array is one. */

/** Moves what is on top of the heap to where it belongs. */
export function sink(heap: Uint32Array, before: (a: number, b: number) => boolean, length = heap.length): void {
  const moved = heap[0]!;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= length) break;
    if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, moved)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
}
