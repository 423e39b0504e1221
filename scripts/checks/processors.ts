/**
 * The command on processors that have less than this one, played by QEMU: the addon that was built, in Node, with all
 * algorithms, on one file by itself and on many side by side. An instruction that the processor does not have ends the
 * process; the digests must be those of this machine. `npm run test:processors`, on Linux x86-64; takes about a minute,
 * so it is not part of `npm test`.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram, fromRoot, projectNode } from '../setup/paths.mjs';
import { giveUp, run, SetupProblem, step } from '../setup/run.mjs';
import { ensureBuilt } from '../setup/setup.mjs';

/** No AVX-512 among them: QEMU has none, so that on the last one, too, not one of its instructions may run. */
const processors = [
  { cpu: 'qemu64', has: 'SSE3' },
  { cpu: 'Nehalem', has: 'SSE4.2' },
  { cpu: 'Haswell', has: 'AVX2' },
  { cpu: 'max', has: 'AVX2 and the SHA instructions where QEMU knows them' },
];

function writeFiles(folder: string) {
  const bytes = (length: number) => createHash('shake256', { outputLength: length }).update(String(length)).digest();
  // Lengths around blocks and vectors, and one that is worth cutting into blocks.
  for (let length = 0; length < 1200; length += 31) writeFileSync(path.join(folder, `small-${length}`), bytes(length));
  writeFileSync(path.join(folder, 'large'), bytes(1 << 20));
}

/** @param emulator what to start Node with */
async function digestsOf(folder: string, emulator: string[]) {
  const command = [projectNode(), fromRoot('dist', 'cli', 'hashlane.js')];
  const [program = '', ...args] = [...emulator, ...command, 'hash', '-a', 'all', '--format', 'jsonl', folder];
  const lines = (await run(program, args)).split('\n').filter((line) => line.startsWith('{'));
  return lines.sort().join('\n');
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'hashlane-processors-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
try {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !findProgram('qemu-x86_64')) {
    throw new SetupProblem(
      'qemu-x86_64 was not found, or this is not Linux on x86-64. On Debian: apt-get install qemu-user',
    );
  }
  await ensureBuilt({ groups: ['build'] });
  writeFiles(folder);
  const expected = await digestsOf(folder, []);
  if (expected.split('\n').length < 40) throw new SetupProblem(`Too few results on this machine:\n${expected}`);
  for (const { cpu, has } of processors) {
    await step(`All algorithms on ${cpu} (${has})`, async () => {
      const digests = await digestsOf(folder, ['qemu-x86_64', '-cpu', cpu]);
      if (digests !== expected) throw new SetupProblem(`Other digests on ${cpu}:\n${digests}\ninstead of\n${expected}`);
    });
  }
} catch (error) {
  giveUp(error);
}
