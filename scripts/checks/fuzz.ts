/**
 * `npm run fuzz [-- --seconds N]`: files in parts against files as streams, under ASan and UBSan, for a
 * minute or as long as wanted. With clang and its libFuzzer (Debian: clang, libclang-rt-dev) it looks for
 * inputs that reach something new, and keeps them in build/fuzz/corpus; otherwise inputs are random. An
 * input that fails is kept in build/fuzz.
 */
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import { findProgram, fromRoot } from '../setup/paths.mjs';
import { giveUp, run, SetupProblem, step } from '../setup/run.mjs';

const folder = 'build/fuzz';
const cores = String(os.availableParallelism());

function wantedSeconds(args: string[]) {
  if (args.length === 0) return 60;
  const seconds = args.length === 2 && args[0] === '--seconds' ? Number(args[1]) : Number.NaN;
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new SetupProblem(`Expected nothing, or --seconds and a whole number of at least 1; received ${args.join(' ')}`);
}

try {
  const seconds = wantedSeconds(process.argv.slice(2));
  const compiler = findProgram('clang++') ? ['-DCMAKE_C_COMPILER=clang', '-DCMAKE_CXX_COMPILER=clang++'] : [];
  await step('Building the fuzz targets', async () => {
    const options = [
      '-DHASHLANE_FUZZ=ON',
      '-DHASHLANE_SANITIZE=address,undefined',
      '-DCMAKE_BUILD_TYPE=RelWithDebInfo',
    ];
    await run('cmake', ['-S', 'native', '-B', folder, '-G', 'Ninja', ...compiler, ...options]);
    await run('cmake', ['--build', folder, '--parallel', cores, '--target', 'split_fuzz']);
  });
  mkdirSync(fromRoot(folder, 'corpus'), { recursive: true });
  await step(`Fuzzing for ${seconds} s`, async () => {
    const env = { ...process.env, UBSAN_OPTIONS: 'halt_on_error=1' };
    const program = fromRoot(folder, 'fuzz', 'split_fuzz');
    // Long enough for every decision that an input takes.
    await run(program, [`-max_total_time=${seconds}`, '-max_len=256', 'corpus'], {
      cwd: fromRoot(folder),
      env,
      shown: true,
    });
  });
} catch (error) {
  giveUp(error);
}
