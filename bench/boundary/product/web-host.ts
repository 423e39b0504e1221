/** `hashlane serve`, started as anybody does, with its inspector open. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { at } from '../../../scripts/setup/places.mjs';
import { addressesOf, Inspector } from './inspector.ts';

export class ServedHost {
  readonly inspector: Inspector;
  /** With the token. */
  readonly address: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, inspector: Inspector, address: string) {
    this.#child = child;
    this.inspector = inspector;
    this.address = address;
    this.pid = child.pid!;
  }

  /** @param scratch where settings and journals go */
  static async start(scratch: string, command = at('dist', 'cli', 'hashlane.js')): Promise<ServedHost> {
    const program = [command, 'serve', '--no-open', '--port', '0'];
    const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', ...program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, XDG_DATA_HOME: scratch },
    });
    const [{ Debugger }, address] = await Promise.all([addressesOf(child, 'Debugger'), printedAddress(child)]);
    return new ServedHost(child, await Inspector.open(Debugger), address);
  }

  async close(): Promise<void> {
    this.inspector.close();
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

async function printedAddress(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /serving at (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('hashlane serve ended before it served');
}
