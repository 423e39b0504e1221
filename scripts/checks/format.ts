/** `npm run format`: formats everything, and mends what the linter can mend. */
import { findProgram, fromRoot, projectNode } from '../setup/paths.mjs';
import { giveUp, run } from '../setup/run.mjs';
import { nativeSources } from './sources.ts';

try {
  await run(projectNode(), [fromRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--write', '.'], {
    shown: true,
  });
  if (findProgram('clang-format')) await run('clang-format', ['-i', ...nativeSources()]);
  else process.stderr.write('clang-format is not installed: C++ is left as it is.\n');
} catch (error) {
  giveUp(error);
}
