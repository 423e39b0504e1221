import { mkdirSync } from 'node:fs';
import { fromRoot } from '../../setup/paths.mjs';
import { run } from '../../setup/run.mjs';

/** The part of the Windows installer that is ours compiles, without a warning. */
export async function checkExplorerEntries() {
  mkdirSync(fromRoot('build', 'reports'), { recursive: true });
  const defines = {
    INCLUDE: fromRoot('packaging', 'windows', 'explorer.nsh'),
    OUTPUT: fromRoot('build', 'reports', 'explorer-check.exe'),
  };
  const options = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`);
  await run('makensis', ['-V2', '-WX', ...options, fromRoot('packaging', 'testing', 'explorer.nsi')]);
}
