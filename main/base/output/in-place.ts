/** Outputs that no rename can replace: devices, pipes, and descriptors that the process was given. */
import { constants, fstatSync, write, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { FailedAttempt } from '../failed-attempt.ts';
import { systemCode } from '../system-error.ts';
import { asPath } from './target.ts';
import type { Output } from './types.ts';

/** How long until a pipe is tried again that has no reader or no room. */
const retryMs = 20;

/** The number of the descriptor that a path of the system's stands for. */
export function descriptorOf(name: string): number | undefined {
  if (name === '/dev/stdout') return 1;
  if (name === '/dev/stderr') return 2;
  const [, digits] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Writes where the descriptor stands, and appends where it appends: the file behind it is the shell's. */
export class DescriptorOutput implements Output {
  readonly isTerminal = false;
  readonly identity: string;
  readonly #attempt: string;
  readonly #fd: number;
  readonly #signal: AbortSignal | undefined;

  /** Throws EBADF for a descriptor that is not open. */
  constructor(attempt: string, fd: number, signal?: AbortSignal) {
    const { dev, ino } = fstatSync(fd);
    this.identity = `${dev}:${ino}`;
    this.#attempt = attempt;
    this.#fd = fd;
    this.#signal = signal;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += await this.#writeSome(bytes, at);
    } catch (error) {
      throw new FailedAttempt(this.#attempt, error);
    }
  }

  async #writeSome(bytes: Uint8Array, at: number): Promise<number> {
    for (;;) {
      try {
        return fstatSync(this.#fd).isFile() ? writeSync(this.#fd, bytes, at) : await writeAsync(this.#fd, bytes, at);
      } catch (error) {
        if (systemCode(error) !== 'EAGAIN') throw error;
        await delay(retryMs, undefined, { signal: this.#signal });
      }
    }
  }

  isOwn(_name: Uint8Array): boolean {
    return false;
  }

  async commit(): Promise<void> {}

  async discard(): Promise<void> {}
}

function writeAsync(fd: number, bytes: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, at, bytes.length - at, null, (error, written) => (error ? reject(error) : resolve(written)));
  });
}

/** A device or a named pipe. */
export class SpecialOutput extends DescriptorOutput {
  readonly #handle: FileHandle;

  private constructor(attempt: string, handle: FileHandle, signal: AbortSignal | undefined) {
    super(attempt, handle.fd, signal);
    this.#handle = handle;
  }

  /** Waits for the reader of a pipe without blocking a thread; gives up when `signal` aborts. Throws the system's error. */
  static async open(attempt: string, name: string, signal: AbortSignal | undefined): Promise<SpecialOutput> {
    for (;;) {
      try {
        const flags = constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
        return new SpecialOutput(attempt, await open(asPath(name), flags), signal);
      } catch (error) {
        if (systemCode(error) !== 'ENXIO') throw error;
        await delay(retryMs, undefined, { signal });
      }
    }
  }

  override async commit(): Promise<void> {
    await this.#handle.close();
  }

  override async discard(): Promise<void> {
    // What was committed is closed already.
    await this.#handle.close().catch(() => undefined);
  }
}
