import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../setup/run.mjs';
import { exportedNames, functionsOf, headersOf } from './elf.ts';
import { missingGuards, usesCallOnce } from './hardening.ts';
import { leaveOf, strayInstructions } from './instructions.ts';
import { allowsWider, isWider } from './wider.ts';

describe('instructions that not every processor has', () => {
  it.each([
    'pshufb',
    'pinsrd',
    'crc32q',
    'vpaddd',
    'vmovdqu64',
    'kmovq',
    'sha256rnds2',
    'rorx',
    'shlx',
    'popcnt',
    'xgetbv',
  ])('knows %s as one', (mnemonic) => expect(isWider(mnemonic)).toBe(true));
  it.each([
    'mov',
    'paddd',
    'pxor',
    'movdqu',
    'tzcnt',
    'shld',
    'sahf',
    'verr',
    'cvtdq2pd',
    'pmovmskb',
    'pinsrw',
    'sarl',
  ])('knows %s as none', (mnemonic) => expect(isWider(mnemonic)).toBe(false));
  it('shows by its options what a file is compiled for', () => {
    expect(allowsWider('c++ -O3 -mavx512f -o a.o -c a.cc')).toBe(true);
    expect(allowsWider('c++ -O3 -msha -o a.o -c a.cc')).toBe(true);
    expect(allowsWider('c++ -O3 -mtune=native -o avx2.o -c avx2.cc')).toBe(false);
  });
});

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('a library with kernels', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'hashlane-addon-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Links a file for every processor with one for AVX2, which comes first; both include `header`. */
  async function link(header: string, options = '') {
    mkdirSync(path.join(folder, 'sources'));
    const file = (name: string) => path.join(folder, 'sources', name);
    writeFileSync(file('shared.h'), header);
    writeFileSync(file('wide.cc'), '#include "shared.h"\nvoid wide(float* to) { add(to); }\n');
    writeFileSync(file('plain.cc'), '#include "shared.h"\nvoid plain(float* to) { add(to); }\n');
    const compile = `g++ -O3 -fPIC -o $out -c $in`;
    writeFileSync(
      path.join(folder, 'build.ninja'),
      [
        `rule plain\n  command = ${compile}`,
        `rule wide\n  command = ${compile.replace('-O3', '-O3 -mavx2')}`,
        `rule link\n  command = g++ -shared ${options} -o $out $in`,
        `build wide.o: wide ${file('wide.cc')}`,
        `build plain.o: plain ${file('plain.cc')}`,
        'build library.so: link wide.o plain.o\n',
      ].join('\n'),
    );
    await run('ninja', ['-C', folder]);
    return path.join(folder, 'library.so');
  }

  const stray = async (library: string) =>
    strayInstructions({ library, symbols: library, leave: await leaveOf(folder, 'library.so') });

  it('fails where an inline function is shared by files of different instruction sets', async () => {
    const library = await link(
      '__attribute__((noinline)) inline void add(float* to) { for (int i = 0; i < 64; ++i) to[i] += 1; }',
    );
    const { wrong } = await stray(library);
    expect(wrong).toEqual([expect.stringMatching(/^_Z3addPf: .*\bvaddps\b/)]);
  });

  it('is content where each file has its own', async () => {
    const library = await link(
      '__attribute__((noinline)) static void add(float* to) { for (int i = 0; i < 64; ++i) to[i] += 1; }',
    );
    const { looked, wrong } = await stray(library);
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThanOrEqual(4);
  });

  it('shows by its symbols whether it uses std::call_once', async () => {
    const uses = async (library: string) => (await functionsOf(library)).some(({ name }) => usesCallOnce(name));
    const once = '#include <mutex>\n';
    const call = 'static void add(float* to) { static std::once_flag flag; std::call_once(flag, [&] { *to += 1; }); }';
    expect(await uses(await link(once + call, '-static-libstdc++ -static-libgcc'))).toBe(true);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const plain = 'static void add(float* to) { static std::mutex mutex; std::lock_guard lock(mutex); *to += 1; }';
    expect(await uses(await link(once + plain, '-static-libstdc++ -static-libgcc'))).toBe(false);
  });

  it('is distinguished from one that the system guards', async () => {
    const library = await link(
      'inline void add(float* to) { *to += 1; }',
      '-Wl,-z,execstack -Wl,-z,norelro -Wl,--build-id=none -Wl,--no-as-needed',
    );
    expect(await exportedNames(library)).toEqual(['_Z4widePf', '_Z5plainPf']);
    const wrong = missingGuards(await headersOf(library)).join('\n');
    for (const word of ['RELRO', 'BIND_NOW', 'NODELETE', 'SYMBOLIC', 'stack is executable', 'build id']) {
      expect(wrong).toContain(word);
    }
    expect(wrong).toContain('it needs libstdc++.so.6');
  });
});
