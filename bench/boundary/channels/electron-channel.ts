/** The channel between Electron's main process and a page, in an app that does nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installedRuntime } from '../../../scripts/setup/electron-runtime.mjs';
import { at } from '../../../scripts/setup/places.mjs';
import type { Frame } from './stream.ts';

export interface Work {
  readonly frame: Frame;
  readonly count: number;
  readonly underWay: number;
}

/** For each work the milliseconds of its rounds; the works are done in turn. */
export async function streamInElectron(works: readonly Work[], rounds: number, scratch: string): Promise<number[][]> {
  const runtime = installedRuntime();
  if (runtime.kind === 'none') throw new Error(runtime.reason);
  const file = path.join(scratch, 'channel-works.json');
  const described = works.map(({ frame, count, underWay }) => ({
    ...(frame instanceof Uint8Array
      ? { bytes: Buffer.from(frame).toString('base64') }
      : typeof frame === 'string'
        ? { text: frame }
        : { objects: frame }),
    count,
    underWay,
  }));
  writeFileSync(file, JSON.stringify({ rounds, works: described }));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = `--user-data-dir=${path.join(scratch, 'channel-profile')}`;
  const folder = at('bench', 'boundary', 'channels', 'electron');
  const child = spawn(runtime.executable, [...asRoot, folder, profile, file], { stdio: 'ignore' });
  await once(child, 'exit');
  return JSON.parse(readFileSync(`${file}.results`, 'utf8')) as number[][];
}
