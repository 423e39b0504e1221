/** A guarded folder of real files, over the real engine, without the command around it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckReport } from '#shared/guard/report/model.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { nameText } from '../../base/raw-names.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { runSteps, type Steps } from '../../tasks/pipeline/stepped-task.ts';
import type { CheckOptions } from '../check.ts';
import { acceptFiles, addFolder, checkGuarded } from '../guard.ts';
import { GuardStore } from '../guard-store.ts';

export class GuardedFolder {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'hashlane-guard-'));
  readonly root = path.join(this.folder, 'root');
  readonly store = new GuardStore(path.join(this.folder, 'records'));
  readonly #engine: Engine = loadEngine({ threads: 2 });
  /** Milliseconds since 1970; tests move it on. */
  now = Date.now();

  constructor() {
    mkdirSync(this.root);
  }

  at(...names: string[]): string {
    return path.join(this.root, ...names);
  }

  /** Seconds since 1970. */
  write(name: string, content: string, seconds = 1_600_000_000.5): void {
    mkdirSync(path.dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), content);
    utimesSync(this.at(name), seconds, seconds);
  }

  /** Flips a bit and keeps the times, as a disk does. */
  rot(name: string, seconds = 1_600_000_000.5): void {
    const bytes = readFileSync(this.at(name));
    bytes[0]! ^= 1;
    this.write(name, bytes.toString('latin1'), seconds);
  }

  async steps<Result>(work: (steps: Steps) => Promise<Result>): Promise<Result> {
    let result: { readonly value: Result } | undefined;
    const given = { algorithms: [], reach: { roots: [], followsLinks: false } };
    const { done } = runSteps({ engine: this.#engine, id: newJobId() }, given, async (steps) => {
      result = { value: await work(steps) };
      return null;
    });
    await done;
    return result!.value;
  }

  add(): Promise<CheckReport> {
    const options = { algorithm: 'sha256', isAtRoot: false, now: () => this.now } as const;
    return this.steps((steps) => addFolder(this.store, this.root, options, steps));
  }

  async check(options: Partial<CheckOptions> = {}): Promise<CheckReport> {
    const folder = (await this.store.find(this.root))!;
    const given = { now: () => this.now, isNewDisk: false, ...options };
    return this.steps((steps) => checkGuarded(this.store, folder, given, steps));
  }

  /** State by path, of the files that were looked at; not of those that are ok. */
  async states(options: Partial<CheckOptions> = {}): Promise<Record<string, string>> {
    const { findings } = await this.check(options);
    return Object.fromEntries(findings.map(({ path: name, state }) => [nameText(name), state]));
  }

  accept(...names: string[]): Promise<number> {
    const paths = names.map((name) => this.at(name));
    return this.steps((steps) => acceptFiles(this.store, paths, () => this.now, steps));
  }

  async close(): Promise<void> {
    await this.#engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
