/**
 * The kernels on ARM64: cross compiled, and their tests run under QEMU, on a processor that has
 * everything and on one without the instructions for SHA-512 and SHA-3. `npm run test:arm`, on Debian; takes some
 * minutes, so it is not part of `npm test`.
 */
import os from 'node:os';
import { findProgram, fromRoot } from '../setup/paths.mjs';
import { giveUp, run, SetupProblem, step } from '../setup/run.mjs';

const folder = 'build/arm64';
const tests = ['kernel_tests', 'lane_tests'];
const libraries = ['libssl-dev', 'librhash-dev', 'libdeflate-dev', 'libxxhash-dev', 'libgtest-dev'];
const processors = [
  { cpu: 'max', targets: ['portable', 'NEON', 'ARM-SHA', 'ARM-SHA3'] },
  { cpu: 'cortex-a53', targets: ['portable', 'NEON', 'ARM-SHA'] },
];

function requireTools() {
  const absent = ['aarch64-linux-gnu-g++', 'qemu-aarch64'].filter((program) => !findProgram(program));
  if (absent.length === 0) return;
  throw new SetupProblem(`${absent.join(' and ')} not found. ${advice}`);
}

const advice = `On Debian:
  dpkg --add-architecture arm64 && apt-get update
  apt-get install g++-aarch64-linux-gnu qemu-user ${libraries.map((name) => `${name}:arm64`).join(' ')}`;

// Under QEMU /proc/cpuinfo is the host's, and half a gigabyte takes minutes.
const all = [
  '--gtest_brief=1',
  '--gtest_filter=-CpuFeatures.AreThoseTheSystemReports:LaneStreams.AMessageWhoseLength*',
];

const underQemu = (test: string, cpu: string, kernels: string, args: string[]) =>
  run(
    'qemu-aarch64',
    [fromRoot(folder, test === 'lane_tests' ? 'tests/kernels/lanes' : 'tests/kernels', test), ...args],
    {
      env: { ...process.env, QEMU_CPU: cpu, HASHLANE_KERNELS: kernels },
    },
  );

try {
  requireTools();
  await step('Building the kernels for ARM64', async () => {
    const toolchain = fromRoot('native', 'cmake', 'toolchains', 'aarch64-linux-gnu.cmake');
    const options = ['-G', 'Ninja', '-DHASHLANE_TESTS=ON', '--toolchain', toolchain];
    await run('cmake', ['-S', 'native', '-B', folder, ...options]).catch((error) => {
      throw new SetupProblem(`${error.output}\nLibraries of the architecture arm64 may be missing. ${advice}`);
    });
    await run('cmake', ['--build', folder, '--parallel', String(os.availableParallelism()), '--target', ...tests]);
  });
  for (const { cpu, targets } of processors) {
    for (const test of tests) await step(`${test} on ${cpu}`, () => underQemu(test, cpu, '', all));
    for (const target of targets) {
      await step(`${cpu} with ${target} forced`, async () => {
        await underQemu('kernel_tests', cpu, target, ['--gtest_brief=1', '--gtest_filter=Registry.*:KernelsChoice.*']);
        const output = await underQemu('lane_tests', cpu, target, ['--gtest_filter=LaneChoice.*']);
        if (output.includes('SKIPPED')) throw new SetupProblem(`QEMU's ${cpu} does not offer ${target}:\n${output}`);
      });
    }
  }
} catch (error) {
  giveUp(error);
}
