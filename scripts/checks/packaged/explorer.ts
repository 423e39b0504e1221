import { mkdirSync } from 'node:fs';
import { at } from '../../setup/places.mjs';
import { run } from '../../setup/run.mjs';

/** The part of the Windows installer that is ours compiles, without a warning. */
export async function checkExplorerEntries() {
  mkdirSync(at('build', 'reports'), { recursive: true });
  const defines = {
    INCLUDE: at('packaging', 'windows', 'explorer.nsh'),
    OUTPUT: at('build', 'reports', 'explorer-check.exe'),
  };
  const options = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`);
  await run('makensis', ['-V2', '-WX', ...options, at('packaging', 'testing', 'explorer.nsi')]);
}
