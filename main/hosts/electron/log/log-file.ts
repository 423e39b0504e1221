/**
 * A text file that never grows beyond a limit: the full one is renamed `NAME.1.log`, what was that
 * becomes `NAME.2.log`, and so on; the oldest goes. Written at once, so that the last words before a
 * crash are there; the little that is logged makes that cheap.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export interface LogFileLimits {
  readonly bytes: number;
  /** Files kept beside the one that is written. */
  readonly kept: number;
}

const usualLimits: LogFileLimits = { bytes: 1 << 20, kept: 3 };

export class LogFile {
  readonly path: string;
  readonly #limits: LogFileLimits;
  #size: number | null = null;

  /** @param folder made when it is absent, for this user alone */
  constructor(folder: string, name: string, limits = usualLimits) {
    this.path = path.join(folder, `${name}.log`);
    this.#limits = limits;
  }

  /** Never throws: a disk that is full must not stop what is logged about. */
  write(line: string): void {
    try {
      const bytes = Buffer.from(`${line}\n`);
      if (this.#size === null) this.#open();
      if (this.#size! > 0 && this.#size! + bytes.length > this.#limits.bytes) this.#rotate();
      appendFileSync(this.path, bytes, { mode: 0o600 });
      this.#size! += bytes.length;
    } catch {
      this.#size = null;
    }
  }

  #open(): void {
    mkdirSync(path.dirname(this.path), { recursive: true, mode: 0o700 });
    this.#size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  #rotate(): void {
    for (let number = this.#limits.kept; number > 0; number--) {
      const from = number === 1 ? this.path : this.#numbered(number - 1);
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, this.#numbered(number));
    }
    this.#size = 0;
  }

  #numbered(number: number): string {
    return `${this.path.slice(0, -'.log'.length)}.${number}.log`;
  }
}
