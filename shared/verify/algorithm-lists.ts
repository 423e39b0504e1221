/** Lists of algorithms as numbers, so that an entry's is one. */
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';

/** Lists of algorithms, each once and numbered. */
export class AlgorithmLists {
  readonly #lists: (readonly AlgorithmName[])[] = [];
  readonly #numbers = new Map<string, number>();

  number(list: readonly AlgorithmName[]): number {
    const key = list.join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#lists.push(list) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  at(number: number): readonly AlgorithmName[] {
    return this.#lists[number]!;
  }
}

/** Bytes of one digest of each, together. */
export function digestBytes(names: readonly AlgorithmName[]): number {
  let bytes = 0;
  for (const name of names) bytes += algorithm(name).digestLength;
  return bytes;
}

/** In the order of their ids. */
export function inIdOrder(names: Iterable<AlgorithmName>): readonly AlgorithmName[] {
  const list = [...names];
  return list.length < 2 ? list : list.sort((a, b) => algorithm(a).id - algorithm(b).id);
}
