/** A mount whose requests hang when a test says so: native/tests/hanging_mount. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hasProgram } from './scratch.ts';

const source = fileURLToPath(new URL('../../../native/tests/hanging_mount/hanging_mount.cc', import.meta.url));

/** Why nothing can be mounted here; undefined when it can. */
export function mountingProblem(): string | undefined {
  if (process.platform !== 'linux') return 'FUSE is only spoken on Linux';
  if (process.getuid?.() !== 0) return 'mounting takes root';
  if (!hasProgram('c++')) return 'there is no C++ compiler';
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/fuse is not there';
  }
  return undefined;
}

/** Compiles the file system into a folder; returns the program. */
export function compileHangingMount(folder: string): string {
  const program = path.join(folder, 'hanging_mount');
  const { status, stderr } = spawnSync('c++', ['-std=c++20', '-o', program, source], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return program;
}

/** Whether something is mounted there. */
export const isMounted = (at: string): boolean => readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${at} `);

export class HangingMount {
  readonly #child: ChildProcess;
  readonly #said: string[] = [];
  #heard: () => void = () => undefined;
  readonly #at: string;

  private constructor(program: string, folder: string, at: string) {
    this.#at = at;
    this.#child = spawn(program, [folder, at], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      this.#said.push(line);
      this.#heard();
    });
    this.#child.once('exit', () => this.#heard());
  }

  /** Shows `folder` at the empty folder `at`. */
  static async mount(program: string, folder: string, at: string): Promise<HangingMount> {
    const mount = new HangingMount(program, folder, at);
    await mount.says('mounted');
    return mount;
  }

  /** Resolves once it has printed this line, or did before. */
  async says(line: string): Promise<void> {
    while (!this.#said.includes(line)) {
      if (this.#child.exitCode !== null) throw new Error(`hanging_mount ended with status ${this.#child.exitCode}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  /** Has it do what a line says: see hanging_mount.cc. */
  async tell(line: string): Promise<void> {
    this.#child.stdin!.write(`${line}\n`);
    await this.says(line);
  }

  /** Unmounts, as a person would whose server is gone, and ends the program. */
  async remove(): Promise<void> {
    if (isMounted(this.#at)) spawnSync('umount', ['-l', this.#at]);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin!.end();
    await ended;
  }
}
