/** Records of earlier runs of a job that a later run has replaced, for the file was another by then. */
export class ReplacedRecords {
  readonly #byBlock = new Map<number, Set<number>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** False when it was among them before. */
  add(block: number, index: number): boolean {
    const indices = this.#byBlock.get(block) ?? new Set();
    if (indices.has(index)) return false;
    this.#byBlock.set(block, indices.add(index));
    this.#count++;
    return true;
  }

  has(block: number, index: number): boolean {
    return this.#byBlock.get(block)?.has(index) === true;
  }

  clear(): void {
    this.#byBlock.clear();
    this.#count = 0;
  }

  *places(): Generator<{ readonly block: number; readonly index: number }> {
    for (const [block, indices] of this.#byBlock) for (const index of indices) yield { block, index };
  }
}
