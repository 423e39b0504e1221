import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOfNative, violationsOfTypeScript } from './violations.ts';

const root = path.join(import.meta.dirname, '..', '..');
const importing = (module: string, name = 'name'): string =>
  `import { ${name} } from '${module}';\nexport default ${name};\n`;

const refused = [
  ['shared/text/size.ts', '../../main/app/host.ts'],
  ['shared/text/size.ts', 'node:fs'],
  ['renderer/app/view.ts', '../../main/app/host.ts'],
  ['renderer/app/view.ts', 'path'],
  ['renderer/app/view.ts', 'electron'],
  ['main/base/problem.ts', '../app/host.ts'],
  ['main/engine/engine.ts', '../tasks/task.ts'],
  ['main/store/journal.ts', '../engine/engine.ts'],
  ['main/tasks/hash/task.ts', '../../app/host.ts'],
  ['main/app/jobs/job.ts', 'electron'],
  ['main/app/jobs/job.ts', '../../hosts/web/web-host.ts'],
  ['main/app/jobs/job.ts', '../../../renderer/app/view.ts'],
  ['main/hosts/electron/window.ts', '../web/web-host.ts'],
  ['main/hosts/web/web-host.ts', 'electron'],
  ['main/hosts/web/web-host.ts', '../electron/window.ts'],
  ['main/cli/main.ts', '../hosts/electron/window.ts'],
  ['main/cli/main.test.ts', 'electron'],
  ['e2e/drop.spec.ts', '../main/app/host.ts'],
] as const;

const allowed = [
  ['shared/contract/jobs.ts', 'zod'],
  ['renderer/app/view.ts', '#shared/batch/reader.ts'],
  ['renderer/table/table.test.ts', 'node:fs'],
  ['main/app/jobs/job.ts', '../../engine/engine.ts'],
  ['main/hosts/electron/window.ts', 'electron'],
  ['main/cli/main.ts', '../hosts/web/web-host.ts'],
  ['e2e/drop.spec.ts', '#shared/tables/algorithms.ts'],
] as const;

describe('the import rules of biome.json', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hashlane-layers-'));
  const linted = new Map<string, string>();
  /** Each case in a file of its own; the folder and the end of its name are what the rules look at. */
  const caseFile = (file: string, module: string): string => {
    const [, stem, ending] = /^(.*?)((?:\.test|\.spec)?\.ts)$/.exec(file)!;
    return `${stem}-${module.replace(/\W+/g, '-')}${ending}`;
  };

  function write(file: string, text: string): void {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }

  beforeAll(() => {
    copyFileSync(path.join(root, 'biome.json'), path.join(folder, 'biome.json'));
    for (const [file, module] of [...refused, ...allowed]) write(caseFile(file, module), importing(module));
    for (const file of ['window.ts', 'ipc.ts']) {
      write(`main/hosts/electron/${file}`, importing('electron', 'ipcMain'));
    }
    const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const options = ['lint', '--reporter=github', '--max-diagnostics=none', '.'];
    const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: 'utf8' });
    for (const line of stdout.split('\n')) {
      const found = /lint\/(?:style\/noRestrictedImports|correctness\/noNodejsModules).*?file=([^,]*),/.exec(line);
      if (found) linted.set(path.relative(folder, found[1]!), line);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(refused)('%s may not import %s', (file, module) => {
    expect(linted.get(caseFile(file, module))).toBeDefined();
  });

  it.each(allowed)('%s may import %s', (file, module) => {
    expect(linted.get(caseFile(file, module))).toBeUndefined();
  });

  it('allow ipcMain in one file only', () => {
    expect(linted.get('main/hosts/electron/window.ts')).toContain('ipc.ts');
    expect(linted.get('main/hosts/electron/ipc.ts')).toBeUndefined();
  });
});

describe('what only tests use', () => {
  it.each([
    ['main/app/jobs.ts', './testing/world.ts'],
    ['renderer/main.tsx', './harness/scenes.ts'],
  ])('is not imported by %s from %s', (file, module) => {
    expect(violationsOfTypeScript(file, importing(module))).toHaveLength(1);
  });
});

describe('what one place alone may do', () => {
  it.each([
    ['renderer/app.tsx', 'window.hashlane.connect();', 'renderer/client/electron-client.ts'],
    ['renderer/app.tsx', "globalThis['hashlane'];", 'renderer/client/electron-client.ts'],
    ['main/app/jobs.ts', "const addon = require('../../build/Release/hashlane.node');", 'main/engine'],
    ['main/cli/main.ts', "process.dlopen(module, '/opt/hashlane.node');", 'main/engine'],
  ])('is refused to %s: %s', (file, text, place) => {
    expect(violationsOfTypeScript(file, text).at(-1)).toContain(place);
  });

  it.each([
    ['renderer/client/electron-client.ts', 'export const bridge = window.hashlane;'],
    ['main/engine/addon.ts', "const name = 'hashlane.node';"],
  ])('is granted to %s', (file, text) => {
    expect(violationsOfTypeScript(file, text)).toEqual([]);
  });
});

describe('the preload', () => {
  const preload = 'main/hosts/electron/preload.ts';

  it.each([
    'const bridge = { grant: (files) => files.map((file) => file) };',
    'const bridge = { grant: async (files) => send([...files]) };',
    'const bridge = { grant(files) { for (const file of files) send(file); } };',
    'const bridge = { grant: (files) => send(files.length) };',
  ])('may not use a member of an argument: %s', (text) => {
    expect(violationsOfTypeScript(preload, text)).toHaveLength(1);
  });

  it('may pass an argument on to be made plain', () => {
    expect(violationsOfTypeScript(preload, 'const bridge = { grant: (files) => send(plain(files)) };')).toEqual([]);
  });
});

describe('native includes', () => {
  const known = new Set([
    'native/engine/engine.h',
    'native/io/file.h',
    'native/memory/pools.h',
    'native/kernels/hasher.h',
  ]);
  const including = (file: string, header: string): string[] =>
    violationsOfNative(file, `#include "${header}"\n`, (other) => known.has(other));

  it.each([
    ['native/kernels/md4.cc', 'memory/pools.h'],
    ['native/memory/pools.cc', 'io/file.h'],
    ['native/io/file.cc', 'engine/engine.h'],
    ['native/io/file.cc', '../engine/engine.h'],
    ['native/io/file.cc', 'kernels/hasher.h'],
    ['native/engine/engine.cc', 'napi.h'],
    ['native/tests/engine/engine_test.cc', 'node_api.h'],
  ])('%s may not include %s', (file, header) => {
    expect(including(file, header)).toEqual([expect.stringContaining(`${file} includes ${header}`)]);
  });

  it.each([
    ['native/engine/engine.cc', 'io/file.h'],
    ['native/io/file.cc', 'memory/pools.h'],
    ['native/io/file.cc', 'file.h'],
    ['native/binding/addon.cc', 'napi.h'],
    ['native/kernels/md4.cc', 'rhash.h'],
  ])('%s may include %s', (file, header) => {
    expect(including(file, header)).toEqual([]);
  });

  it('a folder that has no place in the layers is pointed out', () => {
    expect(including('native/journal/journal.cc', 'io/file.h')).toHaveLength(1);
  });
});
