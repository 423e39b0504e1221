/** How Vite builds each bundle. */

import { builtinModules } from 'node:module';
import path from 'node:path';
import { fromRoot, root } from '../setup/paths.mjs';
import type { Bundle, BundleName } from './bundles.mjs';
import { bundles, licencesFolder } from './bundles.mjs';

/** Electron is there at run time; the other two are accelerators that ws looks for and does without. */
const external = [
  'electron',
  'bufferutil',
  'utf-8-validate',
  ...builtinModules,
  ...builtinModules.map((m) => `node:${m}`),
];

/**
 * Vite writes down the packages that went in, with their licences.
 * @param part of a bundle
 */
const licences = (part: string) => ({ fileName: `${licencesFolder}/${part}.json` });

function forNode(
  bundle: Bundle,
  output: import('vite').Rolldown.OutputOptions,
  more: import('vite').BuildOptions = {},
): import('vite').InlineConfig {
  return {
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    // Electron 33 and Node 20.18 are the oldest that run this.
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: fromRoot(bundle.folder),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: fromRoot(bundle.entry), external, output },
      license: licences(path.basename(bundle.entry, '.ts')),
      ...more,
    },
    ssr: { noExternal: true, external: ['electron', 'bufferutil', 'utf-8-validate'] },
  };
}

/**
 * Makes the `.js` files of a folder CommonJS, whatever the package says. Node hands its own modules
 * to `require` as they are; for `import` it first evaluates each of their exports, even those that
 * nobody asked for, which is a third of the command's start.
 */
const commonJsFolder: import('vite').Plugin = {
  name: 'hashlane:commonjs-folder',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/**
 * Commander can start other programs as its subcommands. Ours has none, and need not wait until Node
 * has loaded what starts programs.
 */
const noSubprograms: import('vite').Plugin = {
  name: 'hashlane:no-subprograms',
  transform(code, id) {
    if (!/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) return undefined;
    return { code: code.replace("require('node:child_process')", 'undefined'), map: null };
  },
};

export const configurations: Record<BundleName, import('vite').InlineConfig[]> = {
  electron: [
    forNode(bundles.electron, { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' }),
    // A sandboxed preload must be one CommonJS file.
    forNode(
      { ...bundles.electron, entry: 'main/hosts/electron/preload.ts' },
      { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      { emptyOutDir: false },
    ),
  ],
  cli: [
    {
      ...forNode(bundles.cli, { format: 'cjs', entryFileNames: 'hashlane.js', chunkFileNames: '[name]-[hash].js' }),
      plugins: [commonJsFolder, noSubprograms],
    },
  ],
  renderer: [
    { configFile: fromRoot(bundles.renderer.entry), logLevel: 'warn', build: { license: licences('renderer') } },
  ],
};
