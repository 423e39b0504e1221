/** Where a report goes: standard output, or a file that is written whole. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Output } from '../../base/output/types.ts';
import { nameBytes } from '../../base/raw-names.ts';
import { InterruptedError } from '../errors.ts';
import { terminalOutput } from '../hash/terminal-output.ts';
import type { ByteSink, World } from '../world.ts';

const pieceCharacters = 1 << 16;
const standardStream = '-';

export class ReportOutput {
  readonly #sink: ByteSink;
  readonly #file: Output | undefined;
  /** The file's own path, absolute and without links: it is no part of what is looked at. */
  readonly own: readonly Uint8Array[];

  private constructor(sink: ByteSink, file: Output | undefined, own: readonly Uint8Array[], isVisible: boolean) {
    this.#sink = sink.isTerminal && !isVisible ? terminalOutput(sink, undefined) : sink;
    this.#file = file;
    this.own = own;
  }

  /**
   * `name` in the form of `nameText`; undefined or `-` for standard output. `isVisible`: what is written has no control
   * characters but for colours. Rejects with FailedAttempt.
   */
  static async open(name: string | undefined, world: World, isVisible = false): Promise<ReportOutput> {
    if (name === undefined || name === standardStream || name === '/dev/stdout') {
      return new ReportOutput(world.output, undefined, [], isVisible);
    }
    const { openOutput } = await import('../../base/output/output.ts');
    const file = await openOutput(name, { signal: world.interruption }).catch((error: unknown) => {
      throw world.interruption.aborted ? new InterruptedError() : error;
    });
    return new ReportOutput(file, file, [ownPath(name)], isVisible);
  }

  /** Writes pieces of text, of which none may end within a line that the terminal must not obey, and completes the file. */
  async write(pieces: Iterable<string>): Promise<void> {
    let gathered = '';
    for (const piece of pieces) {
      gathered += piece;
      if (gathered.length < pieceCharacters) continue;
      await this.#sink.write(new TextEncoder().encode(gathered));
      gathered = '';
    }
    if (gathered !== '') await this.#sink.write(new TextEncoder().encode(gathered));
    await this.#file?.commit();
  }

  /** After `write` it does nothing. */
  async discard(): Promise<void> {
    await this.#file?.discard();
  }
}

function ownPath(name: string): Uint8Array {
  const whole = path.resolve(name);
  const folder = realpathSync(Buffer.from(nameBytes(path.dirname(whole))), 'buffer') as unknown as Buffer;
  return Buffer.concat([folder, Buffer.from(folder.at(-1) === 0x2f ? '' : '/'), nameBytes(path.basename(whole))]);
}
