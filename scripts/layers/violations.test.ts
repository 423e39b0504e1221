import { describe, expect, it } from 'vitest';
import { violationsOfNative, violationsOfTypeScript } from './violations.ts';

const importing = (file: string, module: string): string[] => violationsOfTypeScript(file, `import '${module}';`);

describe('the layers', () => {
  it.each([
    ['shared/text/size.ts', '../../main/app/host.ts'],
    ['shared/text/size.ts', 'node:fs'],
    ['shared/text/size.ts', 'react'],
    ['renderer/app.tsx', '../main/app/host.ts'],
    ['renderer/app.tsx', 'node:path'],
    ['renderer/app.tsx', 'path'],
    ['renderer/app.tsx', 'electron'],
    ['renderer/app.tsx', '@orpc/server/ws'],
    ['main/app/jobs.ts', 'electron'],
    ['main/app/jobs.ts', 'ws'],
    ['main/app/jobs.ts', '../hosts/web/web-host.ts'],
    ['main/app/jobs.ts', '../../renderer/app.tsx'],
    ['main/engine/engine.ts', '../app/host.ts'],
    ['main/engine/engine.ts', 'electron/main'],
    ['main/hosts/electron/window.ts', '../web/web-host.ts'],
    ['main/hosts/electron/window.ts', '../../cli/main.ts'],
    ['main/hosts/web/web-host.ts', 'electron'],
    ['main/hosts/web/web-host.ts', '../electron/window.ts'],
    ['main/cli/main.ts', '../hosts/electron/window.ts'],
    ['main/cli/main.ts', 'electron'],
    ['main/cli/main.test.ts', 'electron'],
    ['main/app/jobs.ts', './testing/world.ts'],
    ['renderer/main.tsx', './harness/scenes.ts'],
    ['renderer/harness/scenes.ts', '../../main/app/app.ts'],
    ['e2e/drop.spec.ts', '../main/app/host.ts'],
    ['e2e/drop.spec.ts', '../renderer/app.tsx'],
    ['scripts/contract/generate.ts', '../../main/app/host.ts'],
    ['bench/peers/main.ts', '../../main/engine/native-engine.ts'],
  ])('%s may not import %s', (file, module) => {
    expect(importing(file, module)).toEqual([expect.stringContaining(`${file} imports ${module}: `)]);
  });

  it.each([
    ['shared/contract/models.ts', 'zod'],
    ['renderer/app.tsx', '#shared/batch/reader.ts'],
    ['renderer/app.tsx', 'react'],
    ['renderer/results/table.test.ts', 'node:fs'],
    ['main/app/jobs.ts', '../engine/engine.ts'],
    ['main/app/jobs.test.ts', './testing/world.ts'],
    ['main/app/testing/world.ts', 'vitest'],
    ['main/cli/version.ts', '../../package.json'],
    ['main/hosts/electron/window.ts', 'electron'],
    ['main/hosts/web/web-host.ts', '../../app/app.ts'],
    ['main/cli/main.ts', '../hosts/web/web-host.ts'],
    ['e2e/drop.spec.ts', '#shared/tables/algorithms.ts'],
  ])('%s may import %s', (file, module) => {
    expect(importing(file, module)).toEqual([]);
  });

  it.each([
    "import type { App } from '../../scripts/main/app/host.ts';",
    "export * from '../../scripts/main/app/host.ts';",
    "export { App } from '../../scripts/main/app/host.ts';",
    "const app = await import('../../scripts/main/app/host.ts');",
    "type App = import('../../scripts/main/app/host.ts').App;",
    "import app = require('../../scripts/main/app/host.ts');",
    "const app = require('../../scripts/main/app/host.ts');",
  ])('see every form of import: %s', (text) => {
    expect(violationsOfTypeScript('renderer/app.ts', text)).toHaveLength(1);
  });

  it('do not mistake a comment or a string for an import', () => {
    const text = "// import 'electron'\nconst words = `import 'electron'`;";
    expect(violationsOfTypeScript('renderer/app.ts', text)).toEqual([]);
  });

  it('name the alternative', () => {
    expect(importing('renderer/app.tsx', 'electron')[0]).toContain('renderer/client');
    expect(importing('main/app/jobs.ts', 'electron')[0]).toContain('HostServices');
  });
});

describe('what one place alone may do', () => {
  it.each([
    ['main/hosts/electron/window.ts', "import { ipcMain } from 'electron';", 'main/hosts/electron/ipc.ts'],
    ['main/hosts/electron/window.ts', "import { ipcMain as channel } from 'electron';", 'main/hosts/electron/ipc.ts'],
    ['renderer/app.tsx', 'window.hashlane.connect();', 'renderer/client/electron-client.ts'],
    ['renderer/app.tsx', "globalThis['hashlane'];", 'renderer/client/electron-client.ts'],
    ['main/app/jobs.ts', "const addon = require('../../build/Release/hashlane.node');", 'main/engine'],
    ['main/cli/main.ts', "process.dlopen(module, '/opt/hashlane.node');", 'main/engine'],
  ])('is refused to %s: %s', (file, text, place) => {
    expect(violationsOfTypeScript(file, text).at(-1)).toContain(place);
  });

  it.each([
    ['main/hosts/electron/ipc.ts', "import { ipcMain } from 'electron';"],
    ['renderer/client/electron-client.ts', 'export const bridge = window.hashlane;'],
    ['main/engine/addon.ts', "const name = 'hashlane.node';"],
  ])('is granted to %s', (file, text) => {
    expect(violationsOfTypeScript(file, text)).toEqual([]);
  });
});

describe('native includes', () => {
  const known = new Set([
    'native/engine/engine.h',
    'native/io/file.h',
    'native/memory/pools.h',
    'native/kernels/hasher.h',
    'bench/boundary/native/suites.h',
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
    ['native/engine/engine.cc', '../../bench/boundary/native/suites.h'],
  ])('%s may not include %s', (file, header) => {
    expect(including(file, header)).toEqual([expect.stringContaining(`${file} includes ${header}`)]);
  });

  it.each([
    ['native/engine/engine.cc', 'io/file.h'],
    ['native/io/file.cc', 'memory/pools.h'],
    ['native/io/file.cc', 'file.h'],
    ['native/binding/addon.cc', 'napi.h'],
    ['native/kernels/md4.cc', 'rhash.h'],
    ['bench/boundary/native/addon.cc', 'napi.h'],
    ['bench/boundary/native/addon.cc', 'suites.h'],
    ['bench/boundary/native/batches.cc', 'engine/engine.h'],
  ])('%s may include %s', (file, header) => {
    expect(including(file, header)).toEqual([]);
  });

  it('a folder that has no place in the layers is pointed out', () => {
    expect(including('native/journal/journal.cc', 'io/file.h')).toHaveLength(1);
  });
});
