/**
 * The native tests under the sanitizers, one after the other: memory and undefined behaviour, then
 * races. `npm run test:sanitizers`; takes some minutes, so it is not part of `npm test`.
 */
import os from 'node:os';
import { run, step } from '../setup/run.mjs';

const cores = String(os.availableParallelism());

for (const [name, sanitizers] of [
  ['asan', 'address,undefined'],
  ['tsan', 'thread'],
]) {
  await step(`Native tests under ${sanitizers}`, async () => {
    const folder = `build/${name}`;
    const options = ['-DHASHLANE_TESTS=ON', `-DHASHLANE_SANITIZE=${sanitizers}`, '-DCMAKE_BUILD_TYPE=RelWithDebInfo'];
    await run('cmake', ['-S', 'native', '-B', folder, '-G', 'Ninja', ...options]);
    await run('cmake', ['--build', folder, '--parallel', cores]);
    const env = { ...process.env, UBSAN_OPTIONS: 'halt_on_error=1', TSAN_OPTIONS: 'halt_on_error=1' };
    await run('ctest', ['--test-dir', folder, '--output-on-failure', '--no-tests=error'], { env });
  });
}
