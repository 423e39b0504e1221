/** A world for `run` without a process: what the command says is collected, what it is told is set by the test. */
import type { Engine, EngineOptions } from '../../engine/engine.ts';
import { EngineError } from '../../engine/engine.ts';
import { run } from '../main.ts';
import type { World } from '../world.ts';

export class TestWorld implements World {
  readonly #out: Uint8Array[] = [];
  readonly #interruption = new AbortController();
  readonly interruption = this.#interruption.signal;
  readonly environment: Record<string, string | undefined> = {};
  assets = '/nowhere';
  /** Set while `serve` runs: asks for a new address. */
  requestAddress: (() => void) | undefined;
  /** What standard error got. */
  said = '';
  /** What is typed when the command asks, and what it asked. */
  passphrase: string | undefined;
  asked = '';
  input: Iterable<Uint8Array> | AsyncIterable<Uint8Array> = [];
  /** What the command loads as its engine; without one it fails to load. */
  engine: Engine | undefined;
  /** What the engine was loaded with. */
  engineOptions: EngineOptions | undefined;
  /** Comes before each write to standard output: may wait, or throw. */
  beforeWrite: () => Promise<void> = async () => undefined;

  readonly output = {
    isTerminal: false,
    write: async (bytes: Uint8Array): Promise<void> => {
      await this.beforeWrite();
      this.#out.push(bytes.slice());
    },
  };

  readonly messages = {
    isTerminal: false,
    columns: 80,
    write: (text: string): void => {
      this.said += text;
    },
    drained: async (): Promise<void> => undefined,
  };

  readonly openInput = async function* (this: TestWorld): AsyncGenerator<Uint8Array> {
    yield* this.input;
  }.bind(this);

  readonly askPassphrase = async (prompt: string): Promise<Uint8Array> => {
    this.asked += prompt;
    if (this.passphrase === undefined) throw new Error('nobody is there to type a passphrase');
    return new TextEncoder().encode(this.passphrase);
  };

  readonly loadEngine = (options: EngineOptions): Engine => {
    this.engineOptions = options;
    if (this.engine === undefined) throw new EngineError('ADDON_MISSING', 'the engine is missing');
    return this.engine;
  };

  readonly onAddressRequest = (listener: () => void): (() => void) => {
    this.requestAddress = listener;
    return () => {
      this.requestAddress = undefined;
    };
  };

  /** What standard output got, byte for character. */
  get printed(): string {
    return Buffer.concat(this.#out).toString('latin1');
  }

  interrupt(): void {
    this.#interruption.abort();
  }

  run(...argv: string[]): Promise<number> {
    return run(argv, this);
  }
}
