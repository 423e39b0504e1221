/** Whether all contenders say the same of the same files. */
import type { Digest } from './parsers.ts';

/** No report needs to list more. */
const mostTold = 20;

export class Agreement {
  readonly #first = new Map<string, { readonly digest: string; readonly by: string }>();
  readonly #complaints: string[] = [];
  readonly #incomplete: { name: string; files: number }[] = [];
  #compared = 0;

  /** What one contender printed; `files` is how many files it was to hash. */
  add(contender: string, digests: readonly Digest[], files: number): void {
    const paths = new Set<string>();
    for (const { path, algorithm, digest } of digests) {
      paths.add(path);
      const key = `${algorithm}\0${path}`;
      const first = this.#first.get(key);
      if (first === undefined) {
        this.#first.set(key, { digest, by: contender });
        continue;
      }
      this.#compared++;
      if (first.digest !== digest) {
        this.#complain(`${algorithm} of ${path}: ${first.by} says ${first.digest}, ${contender} says ${digest}`);
      }
    }
    if (paths.size !== files) this.#incomplete.push({ name: contender, files: paths.size });
  }

  /** Digests that two contenders both gave. */
  get compared(): number {
    return this.#compared;
  }

  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /** Who printed digests of fewer files than there are, or of more, and of how many. */
  get incomplete(): readonly { readonly name: string; readonly files: number }[] {
    return this.#incomplete;
  }

  #complain(text: string): void {
    if (this.#complaints.length < mostTold) this.#complaints.push(text);
  }
}
