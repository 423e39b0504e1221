/**
 * Kills a hashing command at a random moment, lets another go on with its journal, and compares what is printed with
 * a run that nobody disturbed. With `loseUnsynced` what the journal has behind its last sync is cut back at random in
 * between, as after a power failure: whole blocks, or torn ones of zeros.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface KillOptions {
  /** The built command. */
  readonly command: string;
  readonly folder: string;
  /** Relative to `folder`. */
  readonly root: string;
  readonly algorithms: string;
  /** Milliseconds that an undisturbed run takes, about. */
  readonly usualMs: number;
  readonly loseUnsynced?: boolean;
  readonly random?: () => number;
}

export interface KillOutcome {
  /** Processes that were killed before they had ended. */
  readonly kills: number;
  /** Files that the last run did not read again. */
  readonly known: number;
  readonly output: string;
  /** Why the last run did not end well; empty where it did. */
  readonly trouble: string;
}

/** One journal, killed again and again until a run comes to its end. */
export async function runKilled(options: KillOptions): Promise<KillOutcome> {
  const { command, folder, root, algorithms, usualMs, loseUnsynced = false, random = Math.random } = options;
  const journal = path.join(folder, 'killed.hlj');
  for (const left of [journal, `${journal}.lock`]) rmSync(left, { recursive: true, force: true });
  const hash = ['hash', '-a', algorithms, '--progress', 'never', '--journal', journal, root];
  let kills = 0;
  for (const most = 1 + Math.floor(random() * 3); kills < most; ) {
    const arguments_ = existsSync(journal) && random() < 0.5 ? ['resume', '--progress', 'never', journal] : hash;
    const child = spawn(process.execPath, [command, ...arguments_], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code !== null)));
    const first = await Promise.race([ended, delay(random() * usualMs).then(() => null)]);
    if (first !== null) break;
    child.kill('SIGKILL');
    if (await ended) break;
    kills++;
    if (loseUnsynced && existsSync(journal)) losePower(journal, random);
  }
  const begun = existsSync(journal) && statSync(journal).size > 0;
  const last = spawnSync(process.execPath, [command, ...(begun ? ['resume', journal] : hash)], {
    cwd: folder,
    encoding: 'latin1',
    maxBuffer: 1 << 30,
  });
  const known = Number(/; (\d+) files were done/.exec(last.stderr)?.[1] ?? 0);
  return { kills, known, output: last.stdout, trouble: last.status === 0 ? '' : `${last.status}: ${last.stderr}` };
}

const magic = Buffer.from('HLN1');

/** Where the last note ends that is synced: a run begins, a state changes, a second is over. */
function syncedLength(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(magic); at > 0; at = bytes.lastIndexOf(magic, at - 1)) {
    const length = bytes.readUInt32LE(at + 4);
    const text = bytes.toString('latin1', at + 32, Math.min(at + length, bytes.length));
    if (/"type":"(checkpoint|seal|state|run)"/.test(text)) return at + length;
  }
  return bytes.length;
}

/** Cuts the journal at a random place behind what was synced, and makes some blocks before that zeros. */
function losePower(journal: string, random: () => number): void {
  const bytes = readFileSync(journal);
  const synced = Math.max(0, syncedLength(bytes));
  const kept = synced + Math.floor(random() * (bytes.length - synced + 1));
  const file = openSync(journal, 'r+');
  ftruncateSync(file, kept);
  for (let block = Math.ceil(synced / 4096) * 4096; block < kept; block += 4096) {
    if (random() < 0.3)
      writeSync(file, Buffer.alloc(Math.min(4096, kept - block)), 0, Math.min(4096, kept - block), block);
  }
  fsyncSync(file);
  closeSync(file);
}
