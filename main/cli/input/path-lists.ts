/**
 * The paths of `--files-from`, in parts, so that a list may be longer than memory and work begins before it ends. A part
 * ends when it is full, or when the list has nothing more to say for a moment.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { EncodedInput, join } from '#shared/checksums/input/encoding.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { splitBytes } from '../../base/split-bytes.ts';
import { FailedAttempt, UsageError } from '../errors.ts';
import type { World } from '../world.ts';
import { readBytes } from './streams.ts';

/** Fewer than records can number. */
const maxPartPaths = 60_000;
const maxPartBytes = 8 << 20;
/** No system has a longer path. */
const maxPathBytes = 1 << 20;
const quietMs = 250;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export class PathLists {
  readonly #lists: readonly string[];
  readonly #isNul: boolean;
  readonly #world: World;

  /** `lists`: in the form of `nameText`, or `-` for standard input. `isNul`: paths end with NUL instead of a line feed. */
  constructor(lists: readonly string[], isNul: boolean, world: World) {
    this.#lists = lists;
    this.#isNul = isNul;
    this.#world = world;
  }

  /** At least one part, which may be empty. Rejects with FailedAttempt and UsageError. */
  async *parts(first: readonly Uint8Array[]): AsyncGenerator<readonly Uint8Array[]> {
    let part: Uint8Array[] = [...first];
    let bytes = 0;
    let hasGiven = false;
    for (const list of this.#lists) {
      for await (const found of this.#paths(list)) {
        if (found === 'quiet') {
          if (part.length === 0) continue;
        } else {
          part.push(found);
          bytes += found.length;
          if (part.length < maxPartPaths && bytes < maxPartBytes) continue;
        }
        yield part;
        hasGiven = true;
        part = [];
        bytes = 0;
      }
    }
    if (part.length > 0 || !hasGiven) yield part;
  }

  /** Paths; 'quiet' while the list waits for more. */
  async *#paths(list: string): AsyncGenerator<Uint8Array | 'quiet'> {
    const shown = `the list ${shownName(nameBytes(list))}`;
    const decoder = new ListDecoder(this.#isNul, shown);
    const chunks = readBytes(list, this.#world);
    try {
      for (;;) {
        const next = chunks.next();
        // Heard here; whoever awaits it below still gets the failure.
        next.catch(() => undefined);
        if (
          (await Promise.race([
            next.then(
              () => 'more',
              () => 'more',
            ),
            quiet(),
          ])) === 'quiet'
        )
          yield 'quiet';
        const { done, value } = await next;
        if (done) break;
        yield* decoder.push(value);
      }
      yield* decoder.end();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new FailedAttempt(`cannot read ${shown}`, error);
    } finally {
      await chunks.return(undefined);
    }
  }
}

async function quiet(): Promise<'quiet'> {
  await delay(quietMs, undefined, { ref: false });
  return 'quiet';
}

/**
 * Bytes into paths. Nothing is trimmed, for every byte may belong to a name, save what editors and shells of Windows add: a
 * byte order mark, UTF-16, and the carriage return of lists in which every line has one.
 */
class ListDecoder {
  readonly #isNul: boolean;
  readonly #shown: string;
  readonly #input = new EncodedInput();
  #rest: Uint8Array = new Uint8Array(0);
  #stripsReturn: boolean | undefined;

  constructor(isNul: boolean, shown: string) {
    this.#isNul = isNul;
    this.#shown = shown;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const bytes = join(this.#rest, this.#isNul ? chunk : this.#input.push(chunk));
    const end = bytes.lastIndexOf(this.#isNul ? 0 : lineFeed) + 1;
    this.#rest = bytes.slice(end);
    if (this.#rest.length > maxPathBytes) throw new UsageError(`${this.#shown} has a path longer than 1 MiB`);
    return this.#split(bytes.slice(0, end));
  }

  end(): Uint8Array[] {
    const rest = this.#isNul ? this.#rest : join(this.#rest, this.#input.push(new Uint8Array(0), true));
    return this.#split(rest);
  }

  #split(bytes: Uint8Array): Uint8Array[] {
    if (bytes.length === 0) return [];
    if (!this.#isNul && bytes.includes(0))
      throw new UsageError(`${this.#shown} holds NUL bytes: if its paths end with NUL, add --null`);
    const paths = splitBytes(bytes, this.#isNul ? 0 : lineFeed);
    this.#stripsReturn ??=
      !this.#isNul && bytes.includes(lineFeed) && paths.every((path) => path.at(-1) === carriageReturn);
    const whole = this.#stripsReturn
      ? paths.map((path) => (path.at(-1) === carriageReturn ? path.subarray(0, -1) : path))
      : paths;
    return whole.filter((path) => path.length > 0);
  }
}
