/**
 * Which folder may import which. Dependencies point one way: a newcomer can read `shared` without
 * the rest, the core without its hosts, the native kernels without Node. Every rule's advice says
 * where the thing that was wanted is to be had instead.
 */

/** One folder of TypeScript. Imports of itself are always allowed. */
export interface Layer {
  readonly folder: string;
  readonly folders: readonly string[];
  /** Packages by name; `*` allows all but those of `notPackages`. */
  readonly packages: readonly string[] | '*';
  readonly notPackages?: readonly string[];
  /** May shipped code use Node's own modules? Tests and configuration files always may. */
  readonly node: boolean;
  readonly advice: string;
}

/** The longest folder that holds a file decides. */
export const layers: readonly Layer[] = [
  {
    folder: 'shared',
    folders: [],
    packages: ['zod', '@orpc/contract', 'sax'],
    node: false,
    advice: 'shared/ is pure TypeScript that every side reads: move what it needs here, or take it as a parameter.',
  },
  {
    folder: 'renderer',
    folders: ['shared', 'assets'],
    packages: '*',
    notPackages: ['electron', 'ws', '@orpc/server', 'commander'],
    node: false,
    advice:
      'the window knows no host: ask for it through the client in renderer/client and the contract in shared/contract.',
  },
  {
    folder: 'main/engine',
    folders: ['shared'],
    packages: [],
    node: true,
    advice: 'the engine layer only loads and types the addon: whoever calls it passes in what it needs.',
  },
  {
    folder: 'main/tasks',
    folders: ['main/engine', 'shared'],
    packages: [],
    node: true,
    advice:
      'a task reads and writes files and knows neither window nor command: whoever runs it passes in what it needs.',
  },
  {
    folder: 'main/app',
    folders: ['main/engine', 'shared'],
    packages: ['zod', '@orpc/server', '@orpc/contract', '@orpc/client'],
    node: true,
    advice:
      'the core knows no Electron and no HTTP: add to HostServices in main/app/host.ts what a host shall lend it.',
  },
  {
    folder: 'main/hosts/electron',
    folders: ['main/app', 'main/engine', 'shared'],
    packages: ['electron', 'electron-updater', 'zod', '@orpc/server', '@orpc/client'],
    node: true,
    advice: 'a host stands on the core alone: what two hosts share belongs in main/app.',
  },
  {
    folder: 'main/hosts/web',
    folders: ['main/app', 'main/engine', 'shared'],
    packages: ['ws', 'zod', '@orpc/server', '@orpc/client'],
    node: true,
    advice: 'a host stands on the core alone: what two hosts share belongs in main/app.',
  },
  {
    folder: 'main/cli',
    folders: ['main/app', 'main/engine', 'main/hosts/web', 'main/tasks', 'shared', 'package.json'],
    packages: ['commander', 'zod'],
    node: true,
    advice: 'the command uses the engine, the core and the web host: what the window also needs belongs in shared/.',
  },
  {
    folder: 'e2e',
    folders: ['shared'],
    packages: ['@playwright/test', '@axe-core/playwright'],
    node: true,
    advice: 'specs see the product as a person does: locate by role and name, never by what is inside.',
  },
  {
    folder: 'config',
    folders: ['shared'],
    packages: '*',
    node: true,
    advice: 'builds and checks read the tables in shared/ and start everything else as a program.',
  },
  {
    folder: 'bench/boundary/suites/panel.ts',
    folders: ['bench', 'e2e/world'],
    packages: [],
    node: true,
    advice: 'what the window costs is measured from without, by the hands of the specs in e2e/world.',
  },
  {
    folder: 'bench',
    folders: ['shared', 'config/setup', 'config/packaging', 'package.json'],
    packages: ['zod'],
    node: true,
    advice: 'benchmarks start the command as anybody does, so that they measure what ships.',
  },
  {
    folder: 'bench/boundary',
    folders: [
      'bench',
      'shared',
      'main/engine',
      'main/app',
      'main/hosts/web',
      'renderer/client',
      'renderer/results',
      'renderer/state',
      'config/setup',
      'package.json',
    ],
    packages: ['zod', 'ws', 'protobufjs', '@orpc/client', '@orpc/server'],
    node: true,
    advice: 'the boundary is measured from within, but below the window and without Electron: move it lower.',
  },
];

/** A name that one place alone may use. */
export interface Monopoly {
  /** What is looked for: a name imported from a package, a member of an object, or the end of a string. */
  readonly kind: 'import' | 'member' | 'string-ending';
  readonly of: string;
  readonly name: string;
  /** The one file, or the one folder. */
  readonly place: string;
  /** Only files below here are looked at. */
  readonly within: string;
  readonly advice: string;
}

export const monopolies: readonly Monopoly[] = [
  {
    kind: 'import',
    of: 'electron',
    name: 'ipcMain',
    place: 'main/hosts/electron/ipc.ts',
    within: 'main',
    advice: 'every handler needs the sender check of main/hosts/electron/ipc.ts: register it through that file.',
  },
  {
    kind: 'member',
    of: 'window',
    name: 'hashlane',
    place: 'renderer/client/electron-client.ts',
    within: 'renderer',
    advice: 'take the bridge from renderer/client/electron-client.ts, so that one place decides which host this is.',
  },
  {
    kind: 'string-ending',
    of: '',
    name: '.node',
    place: 'main/engine',
    within: 'main',
    advice: 'the addon is loaded by main/engine alone: call loadEngine of main/engine/native-engine.ts.',
  },
];

/** Which folder of `native/` may include which; nothing below `binding` knows Node. `bench/boundary`: its addon. */
export const nativeLayers: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  kernels: ['contract'],
  system: [],
  memory: ['system', 'contract'],
  io: ['memory', 'system', 'contract'],
  engine: ['io', 'memory', 'kernels', 'contract'],
  binding: ['engine', 'io', 'memory', 'kernels', 'contract'],
  tests: ['engine', 'io', 'memory', 'kernels', 'system', 'contract'],
  fuzz: ['tests', 'kernels', 'contract'],
  'bench/boundary': ['binding', 'engine', 'io', 'memory', 'kernels', 'contract'],
};

/** Those that may know Node. */
export const nodeFolders: readonly string[] = ['binding', 'bench/boundary'];

export const nodeApiHeaders = /^(napi(-inl)?|node_api|js_native_api|node|v8|uv)\.h$/;
